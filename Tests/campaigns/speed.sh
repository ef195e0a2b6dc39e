#!/usr/bin/env bash
# Holds the whole job against ffmpeg's plain decoding, on videos of nine kinds.
#
#   Tests/campaigns/speed.sh FOLDER [VIDEO]
#
# The videos are made in FOLDER once, and taken from there afterwards: gop250.mp4 (ten minutes of 1080p30 H.264, a key
# picture every 250), gop30.mp4 (every 30, none at cuts), hevc4k.mp4 (four minutes), twohours.mp4 (the first, twelve
# times), noisy1080.mp4 and noisy4k.mp4 (four minutes of sensor noise at a constant bit rate, where the lengths of
# packets tell nothing), intra.mp4 (every picture a key picture), onekey.mp4 (one only), short.mp4 (20 s) and
# minute.mp4. They are made of VIDEO, or without one of ffmpeg's own sources. REPEAT=3 takes the best of three runs
# each, ONLY='gop250 gop30' some of them. The two-hour video is held against the ten minutes, not against ffmpeg.
# KEEP=1 leaves the figures as JSON.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
folder=${1:?usage: speed.sh FOLDER [VIDEO]}
video=${2:-}
repeat=${REPEAT:-1}
set_up
mkdir -p "$folder"

# Makes FOLDER/NAME by ffmpeg, whole or not at all: name, arguments.
make() {
    local name=$1
    shift
    [[ ! -s $folder/$name ]] || return 0
    echo "making $name" >&2
    ffmpeg -nostdin -v error -y "$@" "$folder/.new-$name"
    mv -- "$folder/.new-$name" "$folder/$name"
}

h264=(-c:v libx264 -preset veryfast -crf 24 -pix_fmt yuv420p)
if [[ -s $folder/gop250.mp4 ]]; then
    : # There already.
elif [[ -n $video ]]; then
    make gop250.mp4 -stream_loop -1 -i "$video" -t 600 -vf "scale=1920:1080,fps=30" "${h264[@]}" -g 250 -c:a aac
else
    # A quiet scene, a lively one, another quiet one; ten times.
    make scenes.mp4 \
        -f lavfi -i "mandelbrot=s=1920x1080:r=30:start_scale=0.5:end_scale=0.4,trim=duration=24" \
        -f lavfi -i "testsrc2=s=1920x1080:r=30:d=9" \
        -f lavfi -i "gradients=s=1920x1080:r=30:speed=0.001:d=27" \
        -f lavfi -i "anoisesrc=seed=7:c=pink:a=0.02:r=48000:d=24" -f lavfi -i "anoisesrc=seed=7:c=pink:a=0.8:r=48000:d=9" \
        -f lavfi -i "anoisesrc=seed=7:c=pink:a=0.02:r=48000:d=27" \
        -filter_complex \
        "[0]format=yuv420p[a];[1]format=yuv420p[b];[2]format=yuv420p[c];[a][3][b][4][c][5]concat=n=3:v=1:a=1[v][s];[v]noise=alls=4:allf=t[n]" \
        -map '[n]' -map '[s]' "${h264[@]}" -g 250 -c:a aac
    make gop250.mp4 -stream_loop 9 -i "$folder/scenes.mp4" -c copy
fi
make gop30.mp4 -i "$folder/gop250.mp4" "${h264[@]}" -g 30 -keyint_min 30 -sc_threshold 0 -c:a copy
make hevc4k.mp4 -t 240 -i "$folder/gop250.mp4" -vf scale=3840:2160 \
    -c:v libx265 -preset ultrafast -crf 28 -x265-params log-level=error -tag:v hvc1 -c:a copy
make twohours.mp4 -stream_loop 11 -i "$folder/gop250.mp4" -c copy
# A minute of it, four times: encoding this noise takes far longer than all that is measured here.
noise=noise=alls=7:allf=t+u
make noisy1080-minute.mp4 -t 60 -i "$folder/gop250.mp4" -vf "$noise" -c:v libx264 -preset veryfast \
    -b:v 12M -minrate 12M -maxrate 12M -bufsize 6M -x264-params nal-hrd=cbr -pix_fmt yuv420p -g 60 -c:a copy
make noisy1080.mp4 -stream_loop 3 -i "$folder/noisy1080-minute.mp4" -c copy
make noisy4k-minute.mp4 -t 60 -i "$folder/gop250.mp4" -vf "scale=3840:2160,$noise" -c:v libx265 -preset ultrafast \
    -b:v 14M -maxrate 14M -bufsize 7M -x265-params log-level=error:keyint=60 -tag:v hvc1 -c:a copy
make noisy4k.mp4 -stream_loop 3 -i "$folder/noisy4k-minute.mp4" -c copy
make intra.mp4 -t 180 -i "$folder/gop250.mp4" "${h264[@]}" -g 1 -c:a copy
make onekey.mp4 -t 180 -i "$folder/gop250.mp4" "${h264[@]}" -g 100000 -keyint_min 100000 -sc_threshold 0 -c:a copy
make short.mp4 -ss 20 -t 20 -i "$folder/gop250.mp4" "${h264[@]}" -c:a aac
make minute.mp4 -ss 10 -t 60 -i "$folder/gop250.mp4" "${h264[@]}" -c:a aac

# Measures one video: name, quality, further options; the figures go to a file.
measure() {
    local name=$1 quality=$2
    shift 2
    [[ -z ${ONLY:-} || " $ONLY " == *" $name "* ]] || return 0
    "$programs/moments" bench "$folder/$name.mp4" --quality "$quality" --repeat "$repeat" --json "$@" \
        >>"$place/figures.jsonl" || fail "'$name' failed"
    tail -n 1 "$place/figures.jsonl" | jq -r '
        def fixed($n): . * pow(10; $n) | round / pow(10; $n);
        def cell: if . == null then "–" else fixed(3) end;
        [(.file | rtrimstr(".mp4")), .quality, (.media.duration / 60 | fixed(1)), (.decoding.wall // null | cell),
         (.job.wall | fixed(2)), (.ratio.wall | cell), (.ratio.processor | cell),
         (if .stage_ratios then .stage_ratios | .probe.processor + .analyze.processor + .select.processor else null end
          | cell),
         (if .stage_ratios then .stage_ratios.render.processor else null end | cell),
         (.job.processor / .media.duration * 60 | fixed(2)),
         "\(.frames_decoded_share * 100 | fixed(1)) %",
         (if .copied_share then "\(.copied_share * 100 | fixed(0)) %" else "–" end),
         "\(.peak_memory / 1048576 | round) MB"]
        | "| " + (map(tostring) | join(" | ")) + " |"'
}

echo '| video | quality | minutes | ffmpeg, s | job, s | job ÷ ffmpeg: time | CPU | CPU of finding | of rendering | CPU s a minute | decoded | copied | memory |'
echo '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |'
measure gop250 original
measure gop30 original
measure hevc4k original
for name in noisy1080 noisy4k intra onekey short minute; do measure "$name" original; done
measure gop250 high
measure twohours original --without-ffmpeg
uptime

# The bounds: ratio of the whole job, of finding the moments with high, memory, and the two hours against ten minutes.
jq -rs '
    map({key: "\(.file | rtrimstr(".mp4")) \(.quality)", value: .}) | from_entries as $all
    | def minute: .job.processor / .media.duration;
    {"gop250": 0.10, "gop30": 0.13, "hevc4k": 0.13, "noisy1080": 0.20, "noisy4k": 0.20,
     "intra": 1.1, "onekey": 1.1, "short": 1.0, "minute": 1.0} as $most
    | [ $most | to_entries[] as {$key, $value} | $all["\($key) original"] // empty | .ratio
        | select([.wall, .processor] | min > $value) | "\($key) takes more than \($value)" ]
    + [ $all["gop250 high"] // empty | .stage_ratios
        | select(.probe.wall + .analyze.wall + .select.wall > 0.10 and .analyze.processor > 0.10)
        | "finding takes more than 0.10" ]
    + [ $all[] | select(.peak_memory > (if .media.width > 1920 then 300 else 150 end) * 1048576)
        | "\(.file) \(.quality) takes \(.peak_memory / 1048576 | round) MB" ]
    + [ $all | select(.["twohours original"] and .["gop250 original"])
        | select((.["twohours original"] | minute) > 1.1 * (.["gop250 original"] | minute))
        | "a minute of two hours costs more than one of ten minutes" ]
    | .[]' "$place/figures.jsonl" >"$place/faults"
cat "$place/faults"
echo "$(wc -l <"$place/faults") beyond the limits"
[[ ! -s $place/faults ]]
