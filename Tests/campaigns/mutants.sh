#!/usr/bin/env bash
# Damages small videos of many kinds over and over, and does the whole job on each: none may end or hang a worker.
#
#   Tests/campaigns/mutants.sh [COUNT] [FROM]    2,000 of them, counted from 1, if the numbers do not say otherwise
#
# What may come of one is a reel that ffmpeg can read, or a failure that says what is wrong. What may not: a signal
# (WorkerCrashed), no sign of life (TimedOut), memory without end (WorkerOutOfMemory), a write that failed, a result that was
# published and is broken. Those are told with their number, and kept.
# The same number gives the same damage. MOMENTS_MEDIA=FOLDER damages the clips below 1 MB in it too; default:
# ../shared/media beside the checkout. MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare ffmpeg jq python3
count=${1:-2000} from=${2:-1}
tool=$root/Tests/campaigns/mutants.py
media=${MOMENTS_MEDIA:-$root/../shared/media}
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-mutants.XXXXXX")
mkdir "$place/clips"

# A clip of three scenes and a sound: NAME, ffmpeg's options.
clip() {
    local name=$1
    shift
    SVT_LOG=1 ffmpeg -nostdin -v error -y \
        -f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i mandelbrot=s=320x180:r=25,trim=duration=2 \
        -f lavfi -i smptebars=s=320x180:r=25:d=2 -f lavfi -i "aevalsrc=0.3*sin(440*t*2*PI)*gt(sin(3*t)\,0):s=48000:d=6" \
        -filter_complex '[0][1][2]concat=n=3,format=yuv420p[v]' -map '[v]' -map 3 "$@" "$place/clips/$name"
}
x264=(-c:v libx264 -preset veryfast -g 25)
clip avc.mp4 "${x264[@]}" -c:a aac
clip fragments.mp4 "${x264[@]}" -c:a aac -movflags +frag_keyframe+empty_moov
clip prores.mov -c:v prores_ks -profile:v 0 -c:a pcm_s16le
clip hevc.mkv -c:v libx265 -preset ultrafast -x265-params log-level=error -c:a libopus
clip vp9.webm -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus
clip av1.mp4 -c:v libsvtav1 -preset 12 -c:a aac
clip xvid.avi -c:v mpeg4 -bf 2 -c:a libmp3lame
clip avc.ts "${x264[@]}" -bf 2 -c:a aac
clip mpeg2.mpg -c:v mpeg2video -c:a mp2
clip flash.flv -c:v flv -c:a aac
clip windows.wmv -c:v wmv2 -c:a wmav2
clip theora.ogv -c:v libtheora -c:a libvorbis
clip tape.dv -s 720x576 -c:v dvvideo -pix_fmt yuv420p -c:a pcm_s16le -ac 2 -t 2
clip broadcast.mxf -c:v mpeg2video -c:a pcm_s16le
clip bare.h264 -an "${x264[@]}"
if [[ -d $media ]]; then
    while IFS= read -r -d '' file; do
        cp -n -- "$file" "$place/clips/"
    done < <(find "$media" -type f -size -1024k \( -name '*.mp4' -o -name '*.mov' -o -name '*.mkv' -o -name '*.webm' \
        -o -name '*.3gp' -o -name '*.avi' -o -name '*.ts' -o -name '*.flv' -o -name '*.wmv' \) -print0)
fi
# Nothing about an order that depends on the locale.
LC_ALL=C
clips=("$place"/clips/*)
echo "${#clips[@]} clips, $count mutants"

declare -A ends=()
faults=0 scarred=0
fault() {
    faults=$((faults + 1))
    mkdir -p "$place/kept"
    cp -n -- "$1" "$place/kept/"
    echo "FAULT ${1##*/}: $2"
}

# Does the jobs of the mutants in $place/batch, and holds each to what may come of it.
settle() {
    local status=0 name result folder
    timeout $((120 + 60 * $(find "$place/batch" -type f | wc -l))) "$programs/moments" run "$place"/batch/* \
        -o "$place/out" --json --target-duration 3 >"$place/lines" 2>"$place/log" || status=$?
    if ((status > 1)); then
        for name in "$place"/batch/*; do fault "$name" "moments run ended with $status in its batch"; done
    fi
    while IFS=$'\t' read -r name result; do
        ends[$result]=$((${ends[$result]:-0} + 1))
        case $result in
            WorkerCrashed | WorkerOutOfMemory | TimedOut | WriteFailed | OutOfSpace | Interrupted)
                fault "$place/batch/$name" "$(grep -F "$name: $result" "$place/log" | head -n 1 | cut -c 1-200)"
                ;;
        esac
    done < <(jq -r 'select(.source) | [.source.name, .error.error // .status] | @tsv' "$place/lines")
    while IFS= read -r -d '' result; do
        folder=$(basename "${result%/*}")
        if ! ffmpeg -nostdin -v error -i "$result" -f null - >"$place/decoded" 2>&1; then
            fault "$result" "the reel of $folder cannot be read: $(head -n 1 "$place/decoded")"
        elif [[ -s $place/decoded ]]; then
            scarred=$((scarred + 1))
        fi
    done < <(find "$place/out" -name 'highlight.*' ! -name '*.json' ! -name '*.vtt' ! -name '*.srt' \
        ! -name '*.otio' ! -name '*.fcpxml' ! -name '*.edl' ! -name '*.mlt' ! -name '*.txt' -print0)
    rm -rf -- "$place/out" "$place/batch"
}

for ((number = from; number < from + count; number++)); do
    clip=${clips[number % ${#clips[@]}]}
    mkdir -p "$place/batch"
    python3 "$tool" "$clip" "$number" "$place/batch/$number-${clip##*/}"
    if (((number - from + 1) % 20 == 0 || number == from + count - 1)); then settle; fi
    if (((number - from + 1) % 200 == 0)); then echo "$((number - from + 1)) done, $faults faults"; fi
done
for result in "${!ends[@]}"; do printf '%6d  %s\n' "${ends[$result]}" "$result"; done | sort -rn
echo "$scarred of the reels show damage that was copied from their source"
if ((faults == 0)); then rm -rf -- "$place"; else echo "kept: $place/kept"; fi
((faults == 0))
