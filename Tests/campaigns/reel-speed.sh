#!/usr/bin/env bash
# Holds the encoding of a whole reel against ffmpeg's with the same preset and factor, on the same stretches of a video.
#
#   Tests/campaigns/reel-speed.sh VIDEO [REPEAT]      at least a minute of 1080p; default: the best of 3 runs each
#
# Both in turn. Of the job only the stage `render` counts: decoding, encoding and sound, as with ffmpeg. Where the machine
# does other things too, the processor's time says more than that of the clock. Fails where both are longer than ffmpeg's.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
video=$(realpath -- "${1:?usage: reel-speed.sh VIDEO [REPEAT]}")
repeat=${2:-3}
prepare
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-reel-speed.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
length=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$video")
# Four stretches of seven seconds or so, none at a key picture but by chance.
stretches=$(jq -cn --argjson length "$length" '[range(4) | (. + 0.37) * $length / 4] | map({in: ., out: (. + 7.3)})')
mapfile -t starts < <(jq -r '.[].in' <<<"$stretches")
inputs=() chain=''
for number in "${!starts[@]}"; do
    inputs+=(-ss "${starts[number]}" -t 7.3 -i "$video")
    chain+="[$number:v][$number:a]"
done

now() { date +%s%N; }
# The processor's time of a process so far, in nanoseconds.
spent() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.0f", ($12 + $13) * 1e9 / tick }' "/proc/$1/stat"; }

# Prints the wall and processor seconds of the stage.
ours() {
    local line begin spent_before pid=''
    mkdir -p "$place/out"
    jq -cn --arg file "$video" --arg out "$place/out" --argjson shots "$stretches" '
        {schema: "momentsd.job/1", job_id: "0", source: $file, name: "film", staging: $out, lifeline: false,
         options: {quality: "high", segments: $shots}}' >"$place/job"
    while IFS= read -r line; do
        case $line in
            *'"event":"started"'*) pid=$(jq .pid <<<"$line") ;;
            *stage_started*'"render"'*) begin=$(now) spent_before=$(spent "$pid") ;;
            *stage_completed*'"render"'*)
                jq -n "($(now) - $begin) / 1e9, ($(spent "$pid") - $spent_before) / 1e9" | tr '\n' ' ' ;;
            *'"event":"failed"'*) fail "the job fails: $line" ;;
        esac
    done < <("$programs/moments-worker" <"$place/job")
    rm -rf "$place/out"
}
theirs() {
    local begin
    begin=$(now)
    TIMEFORMAT='%U %S'
    { time ffmpeg -nostdin -v error -y "${inputs[@]}" -filter_complex "${chain}concat=n=${#starts[@]}:v=1:a=1[v][a]" \
        -map '[v]' -map '[a]' -c:v libx264 -preset veryfast -crf 20 -c:a aac -movflags +faststart "$place/film.mp4"; } \
        2>"$place/time"
    jq -n "($(now) - $begin) / 1e9, $(tail -n 1 "$place/time" | tr ' ' '+')" | tr '\n' ' '
}

for ((number = 0; number < repeat; number++)); do
    ours >>"$place/ours" && echo >>"$place/ours"
    theirs >>"$place/theirs" && echo >>"$place/theirs"
done
best() { awk -v column="$2" 'min == "" || $column < min { min = $column } END { printf "%.2f", min }' "$place/$1"; }
printf 'render with quality high: %s s, processor %s s; ffmpeg -preset veryfast: %s s, processor %s s\n' \
    "$(best ours 1)" "$(best ours 2)" "$(best theirs 1)" "$(best theirs 2)"
awk -v a="$(best ours 1)" -v b="$(best theirs 1)" -v c="$(best ours 2)" -v d="$(best theirs 2)" \
    'BEGIN { exit !(a <= b || c <= d) }'
