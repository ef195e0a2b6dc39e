#!/usr/bin/env bash
# Plays reels with copied pictures in a headless Chromium, and reads from its canvas what it shows at each join.
#
#   Tests/campaigns/reel-browser.sh
#
# The sources carry their pictures' numbers as bars: H.264 with several group structures, rates and containers, and
# VP9 and AV1.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare chromium
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-browser.XXXXXX")
trap '[[ -n ${KEEP:-} ]] || rm -rf -- "$place"' EXIT
bars="geq=lum='if(mod(floor(N/pow(2,floor(X/20))),2),225,25)':cb=128:cr=128"
encoder=(-c:v libx264 -preset veryfast)
faults=0 count=0

# Makes a source, cuts it, and shows the reel: a name, the rate of its pictures, and ffmpeg's options.
show() {
    local name=$1 rate=$2 outcome
    shift 2
    ffmpeg -nostdin -v error -y -f lavfi -i "color=gray:s=320x64:r=$rate:d=10,$bars" -f lavfi -i sine=d=10:r=48000 \
        "${encoder[@]}" -pix_fmt yuv420p -c:a aac "$@" "$place/$name"
    rm -rf "$place/out" && mkdir "$place/out"
    jq -cn --arg file "$place/$name" --arg out "$place/out" '
        {schema: "momentsd.job/1", job_id: "0", source: $file, name: "film", staging: $out, lifeline: false,
         options: {quality: "original", segments: [{in: 0.52, out: 3.4}, {in: 4.04, out: 4.36}, {in: 4.6, out: 6.84},
             {in: 7.2, out: 9.6}]}}' | "$programs/moments-worker" >/dev/null 2>&1 || true
    # The pictures' numbers at each shot's start and half a second on.
    ffprobe -v error -select_streams v:0 -show_entries packet=pts_time -of csv=p=0 "$place/$name" | tr -d ',' | sort -n |
        jq -s --slurpfile reel "$place/out/highlight.json" '
            . as $times | $times[0] as $zero
            | [$reel[0].shots[] as $shot | 0, 0.25
                | ($shot.in + .) as $at | select($at < $shot.out - 0.05)
                | ($times | map(select(. - $zero <= $at + 0.0006)) | length - 1) as $picture
                | {time: ($shot.reel_in + $times[$picture] - $zero - $shot.in), picture: $picture}
                | select(.time >= $shot.reel_in - 0.0006)]' >"$place/expected"
    outcome=$(python3 "$root/Tests/campaigns/reel-browser.py" "$place/out/highlight.mp4" "$place/expected") ||
        faults=$((faults + 1))
    count=$((count + 1))
    printf '%-24s %3.0f %% copied  %s\n' "$name" \
        "$(jq '([.shots[] | .copied_share * .duration] | add) / ([.shots[].duration] | add) * 100' \
            "$place/out/highlight.json")" "$outcome"
}

for container in mp4 mkv ts mov; do
    show "closed.$container" 25 -g 40 -bf 2 -sc_threshold 0
    show "pyramid-ntsc.$container" 30000/1001 -g 48 -bf 5 -b_strategy 0 -sc_threshold 0 -x264-params b-pyramid=normal
done
show forward.mp4 25 -g 30 -bf 0
show baseline.mp4 25 -g 30 -profile:v baseline
show intra.mp4 25 -g 1
show inband.mp4 25 -g 40 -x264-params repeat-headers=1
# Of twenty times six have no picture; those that have one are numbered without a gap.
show variable.mp4 50 -g 40 -vf "setpts='(20*floor(N/14)+mod(N,14)+6*gte(mod(N,14),4))/50/TB'" -fps_mode vfr -t 10
show full-range.mp4 25 -g 40 -pix_fmt yuvj420p
encoder=(-c:v libvpx-vp9 -deadline good -cpu-used 5 -crf 20 -b:v 0)
show vp9.mp4 25 -g 40 -auto-alt-ref 1 -lag-in-frames 12
show vp9.mkv 30000/1001 -g 40 -lag-in-frames 0
encoder=(-c:v libaom-av1 -usage realtime -cpu-used 8 -crf 24 -b:v 0)
show av1.mp4 25 -g 40
show av1.mkv 30000/1001 -g 40
printf '%d reels, %d faults\n' "$count" "$faults"
((faults == 0))
