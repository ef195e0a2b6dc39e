#!/usr/bin/env bash
# Makes files as recorders, editors and servers really write them, and reads from each one's reel which pictures it shows
# and what is heard with them.
#
#   Tests/campaigns/clock.sh [PATTERN]     only the files whose name matches the extended regular expression
#
# Pictures carry their number and sound sings its time (clock.py). Of each reel is held: it was made; no picture is
# repeated or goes back; as many as the source shows, but for a few at joins; no two at one time; sound within 20 ms of its
# picture; the length that is told is that of what was recorded; ffmpeg decodes it without a word; what the job notes.
# MOMENTS_MEDIA=FOLDER adds the files of its clock/make.sh, where there is one; default: ../shared/media beside the
# checkout. MOMENTS_PROGRAMS=FOLDER takes programs that are already built. KEEP=1 keeps the files.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare
python3 -c 'import numpy' 2>/dev/null || prepare python3-numpy
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
tool=$root/Tests/campaigns/clock.py
pattern=${1:-.}
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-clock.XXXXXX")
trap '[[ -n ${KEEP:-} ]] && echo "kept: $place" || rm -rf -- "$place"' EXIT
total=0 failed=0
cd "$place"

quiet() { ffmpeg -nostdin -v error -y "$@"; }
x264() { quiet "${@:1:$#-1}" -c:v libx264 -preset veryfast -g 25 "${@: -1}"; }

# Prints the reel's findings for a file, a complaint a line: NAME RATE PICTURES SECONDS [KEY=VALUE…]
#   lost=N     pictures that may be missing (at joins); 2 unless told
#   off=N      places at which sound may be more than 20 ms off (at joins); 0 unless told
#   silent=N   places at which nothing may be heard; 0 unless told
#   sound=no   no sound is there
#   note=TEXT  what the job must say
complaints() {
    local name=$1 rate=$2 pictures=$3 seconds=$4 lost=2 off=0 silent=0 sound=yes note='' word found
    shift 4
    for word in "$@"; do local "${word?}"; done
    rm -rf out && mkdir out
    if ! "$programs/moments" run "$name" -o out >log 2>&1; then
        tail -n 1 log
        return
    fi
    [[ -z $note ]] || grep -qi -- "$note" log || echo "no word of '$note'"
    local folder=(out/*)
    found=$(python3 "$tool" check "${folder[0]}/highlight.mp4" "$rate") || { echo 'the reel cannot be read'; return; }
    printf '%s\n' "$found" >&3
    jq -r --argjson pictures "$pictures" --argjson lost "$lost" --argjson off "$off" --argjson silent "$silent" \
        --arg sound "$sound" --argjson rate "$rate" '
        if .back > 0 then "\(.back) pictures go back" else empty end,
        if .repeated > 0 then "\(.repeated) pictures are repeated" else empty end,
        if .distinct < $pictures - $lost then "\(.distinct) of \($pictures) pictures" else empty end,
        if .shortest < 0.4 / $rate then "pictures \(.shortest) s apart" else empty end,
        if .complaints > 0 then "ffmpeg complains" else empty end,
        if .tags == "reserved" then "reserved tags" else empty end,
        if $sound == "yes" and ((.heard // 0) == 0) then "nothing is heard" else empty end,
        if (.off // 0) > $off then "sound is off at \(.off) of \(.heard) places, by \(.skew) s mostly" else empty end,
        if (.silent // 0) > $silent then "silent at \(.silent) places" else empty end' <<<"$found"
    jq -r --argjson seconds "$seconds" '
        .duration | if . < $seconds - 0.35 or . > $seconds + 0.35 then "lasts \(.) s, not \($seconds) s" else empty end' \
        "${folder[0]}/metadata.json"
}

# Holds a file to what should come of it; its arguments are those of `complaints`.
hold() {
    [[ $1 =~ $pattern ]] || return 0
    local said
    said=$(complaints "$@" 3>found)
    total=$((total + 1))
    if [[ -n $said ]]; then
        failed=$((failed + 1))
        printf 'WRONG %-20s %s\n' "$1" "${said//$'\n'/; }"
    else
        printf 'ok    %-20s %s\n' "$1" "$(jq -c '{pictures, length, skew, off}' found)"
    fi
}
wanted() { [[ $1 =~ $pattern ]]; }

python3 "$tool" draw 320 180 25 20 base.yuv base.wav
quiet -f rawvideo -s 320x180 -r 25 -pix_fmt yuv420p -i base.yuv -i base.wav -c:v libx264 -preset veryfast -g 50 -bf 0 \
    -c:a aac base.mp4
quiet -i base.mp4 -c copy base.mkv
for number in 0 1 2 3; do
    x264 -ss $((number * 5)) -t 5 -i base.mp4 -bf 2 -c:a aac "piece$number.ts"
done
# The same pieces in another container: ENDING OPTIONS…
repack() {
    for number in 0 1 2 3; do
        x264 -ss $((number * 5)) -t 5 -i base.mp4 -bf 2 -c:a aac "${@:2}" "piece$number.$1"
    done
}

hold base.mp4 25 500 20
# Recorders' pieces, each with a clock of its own, joined byte by byte.
cat piece?.ts >glued.ts
hold glued.ts 25 500 20 lost=8 off=20 note=clock
for number in 0 1 2 3; do quiet -i "piece$number.ts" -c copy -output_ts_offset $(((4 - number) * 777)) "back$number.ts"; done
cat back?.ts >back.ts
hold back.ts 25 500 20 lost=8 off=20 note=back
# A recording that broke off, and one that begins in the middle of a group of pictures.
head -c $(($(stat -c %s piece0.ts) * 7 / 10)) piece0.ts >broken.ts
tail -c +$((188 * 200 + 1)) piece1.ts >open.ts
cat broken.ts piece1.ts >power.ts
hold power.ts 25 210 8.6 off=20 silent=20 note=back
cat piece0.ts open.ts >middle.ts
hold middle.ts 25 200 8.2 off=20 silent=20 note=back
for number in 0 1 2 3; do
    quiet -ss $((number * 5)) -t 5 -i base.mp4 -c:v mpeg2video -b:v 3M -g 12 -bf 2 -c:a mp2 -f mpeg "piece$number.mpg"
done
cat piece?.mpg >glued.mpg
hold glued.mpg 25 500 20 lost=8 off=20 note=clock
quiet -i base.mp4 -c copy -f mpegts -output_ts_offset 95434 wrap.ts
hold wrap.ts 25 500 20
x264 -i base.mp4 -bf 2 -c:a aac -f mpegts -output_ts_offset 95434.2 wrapb.ts
hold wrapb.ts 25 500 20
# A stream as it came from the network, headers and all.
x264 -i base.mp4 -bf 2 -c:a aac plain.ts
python3 "$tool" rtp plain.ts rtp.ts
hold rtp.ts 25 500 20
# Clocks that jump.
quiet -i base.mp4 -c copy -flvflags no_duration_filesize plain.flv
python3 "$tool" flv plain.flv jump.flv 10000 10800000
hold jump.flv 25 500 20 off=4 note=clock
python3 "$tool" flv plain.flv back.flv 10000 -6000
hold back.flv 25 500 20 off=8 lost=8 note=back
for jump in 612000 7200; do
    quiet -i base.mkv -c copy -bsf:v "setts=ts=if(gte(TS*TB\,10)\,TS+$jump/TB\,TS)" \
        -bsf:a "setts=ts=if(gte(TS*TB\,10)\,TS+$jump/TB\,TS)" "jump$jump.mkv"
    hold "jump$jump.mkv" 25 500 20 off=4 note=clock
done
x264 -i base.mp4 -bf 3 -c:a aac bframes.mkv
quiet -i bframes.mkv -c copy -bsf:v 'setts=pts=if(gte(PTS*TB\,10)\,PTS+7200/TB\,PTS):dts=DTS' \
    -bsf:a 'setts=ts=if(gte(TS*TB\,10)\,TS+7200/TB\,TS)' jumpb.mkv
hold jumpb.mkv 25 500 20 off=4 lost=4 note=clock
repack mkv -live 1
python3 "$tool" clusters piece?.mkv restart.mkv
hold restart.mkv 25 500 20 lost=8 off=20 note=clock
repack mp4 -movflags frag_keyframe+empty_moov+default_base_moof
python3 "$tool" fragments piece?.mp4 fragments.mp4
hold fragments.mp4 25 500 20 lost=8 off=20 note=clock
# Single times that are far off.
quiet -i base.mp4 -c copy -bsf:v 'setts=pts=if(eq(N\,100)+eq(N\,101)\,PTS+3600/TB\,PTS):dts=DTS' outlier.mp4
hold outlier.mp4 25 500 20 note=far
quiet -i base.mkv -c copy -bsf:v 'setts=pts=if(eq(N\,100)+eq(N\,101)\,PTS+3600/TB\,PTS):dts=DTS' outlier.mkv
hold outlier.mkv 25 500 20 note=far
quiet -i bframes.mkv -c copy -bsf:v 'setts=pts=if(eq(N\,100)+eq(N\,101)\,PTS+3600/TB\,PTS):dts=DTS' outlierb.mp4
hold outlierb.mp4 25 500 20 note=far
quiet -i base.mkv -c copy -bsf:a 'setts=pts=if(eq(N\,300)\,PTS+3600/TB\,PTS):dts=DTS' audio.mkv
hold audio.mkv 25 500 20 off=2
# Pictures that share a time; a real pause of half a minute.
quiet -i base.mkv -c copy -bsf:v 'setts=ts=floor(TS*TB/0.08)*0.08/TB' pairs.mkv
hold pairs.mkv 25 500 20 off=500
quiet -i base.mkv -c copy -bsf:v 'setts=ts=if(gte(TS*TB\,10)\,TS+30/TB\,TS)' \
    -bsf:a 'setts=ts=if(gte(TS*TB\,10)\,TS+30/TB\,TS)' pause.mkv
hold pause.mkv 25 200 50 lost=200 off=4 silent=400 note=pause
# Streams without a container, at the rate their headers name.
quiet -i base.mp4 -an -c:v copy -bsf:v h264_mp4toannexb -f h264 raw.h264
hold raw.h264 25 500 20 sound=no
x264 -i base.mp4 -an -bf 3 -f h264 rawb.h264
hold rawb.h264 25 500 20 sound=no
quiet -r 50 -f rawvideo -s 320x180 -pix_fmt yuv420p -i base.yuv -c:v libx265 -preset ultrafast -x265-params log-level=none \
    -f hevc fifty.h265
hold fifty.h265 50 500 10 sound=no
quiet -i base.mp4 -an -c:v mpeg4 -b:v 2M -bf 2 -f m4v raw.m4v
hold raw.m4v 25 500 20 sound=no
quiet -i base.mp4 -an -c:v mpeg2video -b:v 3M -bf 2 -f mpeg2video raw.m2v
hold raw.m2v 25 500 20 sound=no
quiet -i base.mp4 -an -c:v mjpeg -q:v 3 -pix_fmt yuvj420p -f mjpeg raw.mjpeg
hold raw.mjpeg 25 500 20 sound=no
if wanted raw.obu || wanted fifty.obu; then
    SVT_LOG=0 quiet -i base.mp4 -an -c:v libsvtav1 -preset 12 -f obu raw.obu 2>/dev/null
    hold raw.obu 25 500 20 sound=no
fi
if wanted fifty.obu; then
    quiet -i raw.obu -c copy -bsf:v av1_metadata=tick_rate=50:num_ticks_per_picture=1 -f obu fifty.obu
    hold fifty.obu 50 500 10 sound=no
fi
# AVI has no times of showing.
x264 -i base.mp4 -bf 3 -c:a pcm_s16le bframes.avi
hold bframes.avi 25 500 20
quiet -i base.mp4 -c:v mpeg4 -b:v 2M -bf 1 -c:a libmp3lame mpeg4.avi
hold mpeg4.avi 25 500 20
quiet -i base.mp4 -c:v mpeg4 -b:v 2M -bf 1 -g 250 -sc_threshold 1000000000 -c:a pcm_s16le plain.avi
python3 "$tool" pack plain.avi packed.avi
hold packed.avi 25 500 20
quiet -i base.mp4 -c:v mpeg4 -b:v 2M -c:a pcm_s16le right.avi
python3 "$tool" rate right.avi rate.avi 30
hold rate.avi 25 500 20
# Tracks: which programme, which sound.
quiet -i base.mp4 -f lavfi -i testsrc2=s=160x90:r=25:d=20 -f lavfi -i sine=f=1000:d=20 -map 2:a -map 1:v -map 0:v -map 0:a \
    -c:v libx264 -preset veryfast -c:a aac -program program_num=1:st=0:st=1 -program program_num=2:st=2:st=3 programmes.ts
hold programmes.ts 25 500 20
silence=(-f lavfi -i anullsrc=r=48000:cl=mono)
mono='[0:a]pan=mono|c0=c0[m]'
quiet -i base.mp4 "${silence[@]}" -filter_complex "$mono" -map 0:v -map 1:a -map '[m]' -shortest -c:v copy -c:a pcm_s16le \
    monos.mov
hold monos.mov 25 500 20 note=silent
quiet -i base.mp4 "${silence[@]}" -map 0:v -map 1:a -map 0:a -shortest -c copy -c:a:0 aac silent.mkv
hold silent.mkv 25 500 20 note=silent
quiet -i base.mp4 -f lavfi -i anoisesrc=d=20:a=0.05:r=48000:seed=3 -filter_complex "$mono" -map 0:v -map '[m]' -map 1:a \
    -c:v copy -c:a pcm_s16le -ac 1 both.mov
hold both.mov 25 500 20 note=mixed
quiet -i base.mp4 -f lavfi -i sine=f=900:d=20:r=48000 -map 0:v -map 1:a -map 0:a -c copy -c:a:0 aac -disposition:a:0 comment \
    -disposition:a:1 0 comment.mkv
hold comment.mkv 25 500 20
quiet -i base.mp4 -f lavfi -i sine=f=900:d=20:r=48000 "${silence[@]}" -map 0:v -map 2:a -map 1:a -map 0:a -shortest -c:v copy \
    -c:a aac -metadata:s:a:0 language=eng -metadata:s:a:1 language=fra -metadata:s:a:2 language=eng tongues.mkv
hold tongues.mkv 25 500 20
quiet -i base.mp4 -f lavfi -i sine=f=900:d=20:r=48000 -map 0:v -map 1:a -map 0:a -c:v copy -c:a:0 alac -c:a:1 aac \
    -disposition:a:0 default -disposition:a:1 0 two.mov
python3 "$tool" fourcc two.mov unknown.mov alac qxyz 1
hold unknown.mov 25 500 20 note='cannot be decoded'
# Tags, and what was right before.
quiet -i base.mp4 -c copy -bsf:v \
    h264_metadata=matrix_coefficients=3:colour_primaries=3:transfer_characteristics=3:video_full_range_flag=0 reserved.mp4
hold reserved.mp4 25 500 20
quiet -i base.mp4 -c copy -bsf:a 'noise=drop=between(pts*tb\,8\,12)' soundgap.mkv
hold soundgap.mkv 25 500 20 silent=120 off=2
quiet -t 4 -i base.mp4 -c copy short.mp4
quiet -i short.mp4 -i base.wav -map 0:v -map 1:a -c:v copy -c:a aac sound5x.mp4
hold sound5x.mp4 25 100 4

shared=${MOMENTS_MEDIA:-$root/../shared/media}/clock
if [[ -f $shared/make.sh && $pattern == . ]]; then
    bash "$shared/make.sh" "$place/made" >/dev/null
    for file in made/*.*; do
        case ${file##*/} in
            base.* | raw.* | sound5x.*) continue ;;
            glued.ts) hold "$file" 25 500 20 lost=8 off=20 ;;
            soundgap.mkv) hold "$file" 25 500 20 silent=120 off=2 ;;
            *) hold "$file" 25 500 20 off=4 ;;
        esac
    done
    hold made/raw.h264 25 500 20 sound=no
    hold made/sound5x.mp4 25 100 4
fi
echo "$((total - failed)) of $total right"
((failed == 0))
