#!/usr/bin/env bash
# Makes ten product clips (three styles × landscape, portrait, square; Latin, Arabic, Chinese and Japanese text, emoji), holds
# each against what it should be, and measures what compositing costs beside ffmpeg encoding the same pictures.
#
#   Tests/campaigns/clips.sh VIDEO [FOLDER] [REPEAT]      at least half a minute of 1080p; default: a folder that goes, 3 runs each
#
# FOLDER gets the clips and a contact sheet of each, to be looked at. The cost: a clip of 15 s with title, picture and
# captions is made (its stage `render`), and ffmpeg encodes the clip's own pictures, already decoded, with the same preset and
# factor, and the sound. Both in turn; fails above 1.2 × in wall and processor time. A clip without titles stands beside
# both. MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
video=$(realpath -- "${1:?usage: clips.sh VIDEO [FOLDER] [REPEAT]}")
repeat=${3:-3}
prepare fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-clips.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
folder=${2:-$place/clips}
mkdir -p "$folder" "$place/in"
faults=0
fault() {
    printf 'FAULT  %s\n' "$*"
    faults=$((faults + 1))
}

ln "$video" "$place/in/film.${video##*.}" 2>/dev/null || cp "$video" "$place/in/film.${video##*.}"
film=$place/in/film.${video##*.}
# A product: a bottle on a ground that is see-through.
ffmpeg -nostdin -v error -y -f lavfi -i "color=0xE0503A:s=480x640,format=rgba" -vf "geq=r='if(lt(Y,120),40,224)':g='if(lt(Y,120),40,if(between(Y,300,460),230,80))':b='if(lt(Y,120),48,if(between(Y,300,460),215,58))':a='255*lt(abs(X-240),if(lt(Y,140),50,if(lt(Y,240),50+(Y-140)*1.1,160)))'" \
    -frames:v 1 "$place/in/bottle.png"

names=('Aurora Trail Bottle' 'زجاجة أورورا للجبال' '極光保溫瓶 · オーロラ' '🎉 Été 2026 🌞 Σειρά Ωμέγα')
calls=('Order today' 'اطلب الآن' '今すぐ注文' 'Get yours 🛒')
clip() { # NAME STYLE ASPECT TEXT-NUMBER QUALITY
    jq -n --arg name "${names[$4]}" --arg call "${calls[$4]}" --arg style "$2" --arg aspect "$3" --arg quality "$5" '
        {product_name: $name, cta_text: $call, style: $style, aspect: $aspect, quality: $quality,
         product_image: "bottle.png", target_duration: 12}' >"$place/in/request.json"
    if ! "$programs/moments" run --json -o "$place/out" --request "$place/in/request.json" "$film" >"$place/manifest"; then
        fault "$1: $(jq -r '.error.message' "$place/manifest")"
        return
    fi
    local reel
    reel=$place/out/$(jq -r .result.folder "$place/manifest")/highlight.mp4
    mv "$reel" "$folder/$1.mp4"
    local notes
    notes=$(jq -r '.notes[]? | select(test("font|product"))' "$place/manifest")
    [[ -z $notes ]] || fault "$1: $notes"
    local length width height
    IFS=, read -r width height length < <(ffprobe -v error -select_streams v:0 -show_entries stream=width,height,duration \
        -of csv=p=0 "$folder/$1.mp4")
    awk -v w="$width" -v h="$height" -v want="$3" 'BEGIN { split(want, a, ":"); exit !(w / h / (a[1] / a[2]) > 0.98 && w / h / (a[1] / a[2]) < 1.02) }' \
        || fault "$1 is $width × $height, not $3"
    [[ -z $(ffmpeg -nostdin -v error -xerror -i "$folder/$1.mp4" -f null - 2>&1) ]] || fault "$1 does not decode"
    ffmpeg -nostdin -v error -y -i "$folder/$1.mp4" -vf "fps=12/$length,scale=320:320:force_original_aspect_ratio=decrease,tile=6x2:padding=4" \
        -frames:v 1 "$folder/$1.png"
    printf 'made   %-24s %s × %s, %.1f s\n' "$1" "$width" "$height" "$length"
    rm -rf "$place/out"
}
number=0
for style in modern minimalist energetic; do
    for aspect in 16:9 9:16 1:1; do
        clip "$style-${aspect/:/x}" "$style" "$aspect" $((number % 4)) low
        number=$((number + 1))
    done
done
clip modern-copied modern 16:9 3 original

now() { date +%s%N; }
spent() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.0f", ($12 + $13) * 1e9 / tick }' "/proc/$1/stat"; }
# Prints the wall and processor seconds of the stage `render`; leaves the clip.
ours() { # OPTIONS
    local line begin spent_before pid=''
    rm -rf "$place/out" && mkdir -p "$place/out"
    jq -cn --arg file "$film" --arg out "$place/out" --arg picture "$place/in/bottle.png" --argjson more "$1" '
        {schema: "momentsd.job/1", job_id: "0", source: $file, name: "film", staging: $out, lifeline: false,
         picture: $picture, options: ({quality: "high", segments: [{in: 2.37, out: 14.37}]} + $more)}' >"$place/job"
    while IFS= read -r line; do
        case $line in
            *'"event":"started"'*) pid=$(jq .pid <<<"$line") ;;
            *stage_started*'"render"'*) begin=$(now) spent_before=$(spent "$pid") ;;
            *stage_completed*'"render"'*)
                jq -n "($(now) - $begin) / 1e9, ($(spent "$pid") - $spent_before) / 1e9" | tr '\n' ' ' ;;
            *'"event":"failed"'*) fail "the job fails: $line" ;;
        esac
    done < <("$programs/moments-worker" <"$place/job")
}
product='{"product":{"product_name":"Aurora Trail Bottle","style":"modern","cta_text":"Order today","product_image":"bottle.png"}}'
# ffmpeg decodes the same stretch of the video, and encodes pictures of the same look: the clip's own, laid over it.
theirs() {
    local begin
    begin=$(now)
    TIMEFORMAT='%U %S'
    { time ffmpeg -nostdin -v error -y -i "$place/lossless.mkv" -c:v libx264 -preset veryfast -crf 20 -c:a aac \
        -movflags +faststart "$place/film.mp4"; } 2>"$place/time"
    jq -n "($(now) - $begin) / 1e9, $(tail -n 1 "$place/time" | tr ' ' '+')" | tr '\n' ' '
}
ours "$product" >/dev/null
cp "$place/out/highlight.mp4" "$place/clip.mp4"
ffmpeg -nostdin -v error -y -i "$place/clip.mp4" -c:v ffvhuff -c:a pcm_s16le "$place/lossless.mkv"
for ((number = 0; number < repeat; number++)); do
    ours "$product" >>"$place/titled" && echo >>"$place/titled"
    ours '{"end_card":"Order today"}' >>"$place/plain" && echo >>"$place/plain"
    theirs >>"$place/theirs" && echo >>"$place/theirs"
done
best() { awk -v column="$2" 'min == "" || $column < min { min = $column } END { printf "%.2f", min }' "$place/$1"; }
printf 'a clip of 15 s with titles: %s s, processor %s s; without: %s s, processor %s s\n' \
    "$(best titled 1)" "$(best titled 2)" "$(best plain 1)" "$(best plain 2)"
printf 'ffmpeg on its pictures: %s s, processor %s s\n' "$(best theirs 1)" "$(best theirs 2)"
awk -v a="$(best titled 1)" -v b="$(best theirs 1)" -v c="$(best titled 2)" -v d="$(best theirs 2)" \
    'BEGIN { printf "the share: %.2f, processor %.2f\n", a / b, c / d; exit !(a <= 1.2 * b || c <= 1.2 * d) }' \
    || fault "compositing costs more than 1.2 times as much"
printf '%d faults\n' "$faults"
((faults == 0))
