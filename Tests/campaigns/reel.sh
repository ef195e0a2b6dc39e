#!/usr/bin/env bash
# Cuts a matrix of sources without encoding more than needed, and checks each reel with ffmpeg's own tools.
#
#   Tests/campaigns/reel.sh [PATTERN]      only the sources whose name matches the extended regular expression
#
# Each source is made with ffmpeg: codec × group structure × rate × container × depth × rotation. The checks:
#   errors    ffmpeg -xerror decodes the reel without a word, and so from every join on; -enc_time_base -1 because it
#             guesses a rate for a variable one and then complains of its own rounding
#   pictures  as many as the source shows in the shots, at the same distances, to the clock's tick
#   same      pictures whose decoded content is the source's, bit for bit; at least those said to be copied
#   ssim      the lowest likeness of any picture with the source's; 0.97 where pictures are copied, 0.9 elsewhere
#   skew      sound and pictures end within one picture's time of each other
#   loudness  -16 LUFS within 1, true peak at most -1.5 dBTP
# Where transitions, cards or kept HDR change what is shown, the first and the last two are checked, the reel's length
# instead of its pictures, a key picture at each shot, and what the codec is to be.
# MOMENTS_MEDIA=FOLDER cuts the recordings in its folders too, each in two shots; default: ../shared/media beside the
# checkout. MOMENTS_PROGRAMS=FOLDER takes programs that are already built. KEEP=1 keeps the files.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
pattern=${1:-.}
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-reel.XXXXXX")
trap '[[ -n ${KEEP:-} ]] || rm -rf -- "$place"' EXIT
shots='[{"in":0.52,"out":3.4},{"in":4.04,"out":4.36},{"in":4.6,"out":6.84},{"in":7.2,"out":10}]'
more='{}' least_loud=-17 total=0 failed=0

quiet() { ffmpeg -nostdin -v error -y "$@"; }

# Makes a source: its name, the rate of its pictures, and what ffmpeg is told of codec and container.
make() {
    local name=$1 rate=$2
    shift 2
    quiet -f lavfi -i "testsrc2=s=320x180:r=$rate:d=10,noise=alls=4:allf=t" \
        -f lavfi -i "sine=f=330:b=3:r=48000:d=10,volume=-8dB" "$@" "$place/$name"
}

# Runs the worker on a source: its outputs land in $place/out.
run() {
    rm -rf "$place/out" && mkdir "$place/out"
    jq -cn --arg file "$1" --arg out "$place/out" --argjson shots "$shots" --argjson more "$more" \
        --arg quality "${quality:-original}" '
        {schema: "momentsd.job/1", job_id: "0", source: $file, name: ($file | split("/") | last), staging: $out,
         lifeline: false, options: ({quality: $quality, segments: $shots} + $more)}' |
        "$programs/moments-worker" >"$place/events" 2>"$place/errors"
}

# One number for each picture of two files that is in both: their likeness; the source's pictures are those of the shots.
likeness() {
    local choice=$1 turn=$2
    quiet $turn -i "$3" $turn -i "$place/out/highlight.mp4" -lavfi \
        "[0:v]setpts=PTS-STARTPTS,select='$choice',settb=1/1000,setpts=N[a];[1:v]settb=1/1000,setpts=N[b];
         [b][a]scale2ref[c][d];[c][d]ssim=f=$place/ssim" -an -fps_mode passthrough -enc_time_base 1/1000 -f null - \
        2>/dev/null || true
    sed -n 's/.*All:\([0-9.]*\).*/\1/p' "$place/ssim"
}

# The content of each picture, as a checksum.
sums() {
    quiet -noautorotate -i "$1" -an -vf "$2" -fps_mode passthrough -f framemd5 - 2>/dev/null |
        sed '/^#/d; s/.*, *//'
}

times() { ffprobe -v error -select_streams v:0 -show_entries packet=pts_time -of csv=p=0 "$1" | cut -d, -f1 | sort -n; }

length_of() { ffprobe -v error -select_streams "$1:0" -show_entries stream=duration -of csv=p=0 "$2"; }

# Checks what can be told of a reel without comparing pictures: errors, and sound.
check_playing() {
    local reel=$1 data=$2 join
    ffmpeg -nostdin -v error -xerror -i "$reel" -enc_time_base -1 -f null - >"$place/said" 2>&1 || echo "status $?" >>"$place/said"
    for join in $(jq -r '.shots[].reel_in' "$data"); do
        ffmpeg -nostdin -v error -xerror -ss "$join" -i "$reel" -t 1 -enc_time_base -1 -f null - >>"$place/said" 2>&1 || true
    done
    [[ $(wc -l <"$place/said") == 0 ]] || faults+=" errors"
    skew=none loud=none
    [[ -n $(ffprobe -v error -select_streams a -show_entries stream=index -of csv=p=0 "$reel") ]] || return 0
    skew=$(awk -v pictures="$(length_of v "$reel")" -v sound="$(length_of a "$reel")" \
        'BEGIN { d = pictures - sound; print d < 0 ? -d : d }')
    awk -v skew="$skew" 'BEGIN { exit !(skew <= 0.04) }' || faults+=" skew"
    loud=$(ffmpeg -nostdin -i "$reel" -vn -af ebur128=peak=true -f null - 2>&1 |
        awk '/^ *I:/ { i = $2 } /^ *Peak:/ { p = $2 } END { print i, p }')
    awk -v loud="$loud" -v least="$least_loud" \
        'BEGIN { split(loud, l, " "); exit !(l[1] >= least && l[1] <= -15 && (l[2] == "-inf" || l[2] <= -1.5)) }' ||
        faults+=" loudness"
}

# Checks a reel whose pictures are not just the source's: its codec, and at least so large a share copied.
check_changed() {
    local name=$1 codec=$2 least=$3 reel=$place/out/highlight.mp4 data=$place/out/highlight.json faults='' skew loud share
    total=$((total + 1))
    if [[ ! -s $data ]]; then
        failed=$((failed + 1))
        printf '%-34s no reel: %s\n' "$name" "$(tail -n 1 "$place/events" | cut -c1-200)"
        return
    fi
    share=$(jq '([.shots[] | .copied_share * .duration] | add) / ([.shots[].duration] | add)' "$data")
    check_playing "$reel" "$data"
    awk -v share="$share" -v least="$least" 'BEGIN { exit !(share >= least) }' || faults+=" share"
    [[ $(ffprobe -v error -select_streams v -show_entries stream=codec_name,pix_fmt,color_transfer -of csv=p=0 "$reel") == "$codec"* ]] ||
        faults+=" codec"
    awk -v is="$(length_of v "$reel")" -v said="$(jq .reel_duration "$data")" \
        'BEGIN { d = is - said; exit !(d < 0.021 && d > -0.021) }' || faults+=" length"
    ffprobe -v error -select_streams v -show_entries packet=pts_time,flags -of csv=p=0 "$reel" | awk -F, '$2 ~ /K/ { print $1 }' >"$place/keys"
    jq -r '.shots[].reel_in' "$data" |
        awk 'FILENAME ~ /keys$/ { key[n++] = $1; next } { for (i = 0; i < n; i++) if (key[i] - $1 < 0.0011 && $1 - key[i] < 0.0011) next; bad++ }
             END { exit bad > 0 }' "$place/keys" - || faults+=" keys"
    [[ -z $faults ]] || failed=$((failed + 1))
    printf '%-34s %5.0f %% %14s %-9s %-7s %-12s %s\n' "$name" "$(jq -n "$share * 100")" - - "$skew" "$loud" "${faults:-fine}"
}

# Checks the reel of a source, and prints its line of the table.
check() {
    local name=$1 expected=$2 reel=$place/out/highlight.mp4 faults='' choice same lowest share skew loud
    total=$((total + 1))
    if [[ ! -s $place/out/highlight.json ]]; then
        failed=$((failed + 1))
        printf '%-34s no reel: %s\n' "$name" "$(tail -n 1 "$place/events" | cut -c1-200)"
        return
    fi
    local data=$place/out/highlight.json
    choice=$(jq -r '[.shots[] | "gte(t,\(.in)-0.0006)*lt(t,\(.out)-0.0006)"] | join("+")' "$data")
    share=$(jq '([.shots[] | .copied_share * .duration] | add) / ([.shots[].duration] | add)' "$data")
    local least=0.2
    if [[ $expected == any ]]; then
        least=0
        expected=$(jq -nr "if $share > 0 then \"copy\" else \"encode\" end")
    fi
    check_playing "$reel" "$data"
    # The pictures of the reel and those of the source, by their content.
    local turn=''
    if [[ $expected == copy ]]; then turn=-noautorotate; fi
    sums "$place/$name" "setpts=PTS-STARTPTS,select='$choice'" >"$place/theirs"
    sums "$reel" null >"$place/ours"
    local theirs ours
    theirs=$(wc -l <"$place/theirs") ours=$(wc -l <"$place/ours")
    [[ $theirs == "$ours" ]] || faults+=" pictures"
    same=$(paste "$place/theirs" "$place/ours" | awk '$1 == $2' | wc -l)
    awk -v same="$same" -v all="$ours" -v share="$share" 'BEGIN { exit !(same >= all * (share - 0.0005) - 1) }' || faults+=" same"
    lowest=$(likeness "$choice" "$turn" "$place/$name" | sort -n | sed -n 1p)
    awk -v low="${lowest:-0}" -v copy="$expected" 'BEGIN { exit !(low >= (copy == "copy" ? 0.97 : 0.9)) }' || faults+=" ssim"
    if [[ $expected == copy ]]; then
        awk -v share="$share" -v least="$least" 'BEGIN { exit !(share > least) }' || faults+=" share"
    else
        awk -v share="$share" 'BEGIN { exit !(share == 0) }' || faults+=" share"
        jq -e 'all(.shots[]; .copy_reason != null)' "$data" >/dev/null || faults+=" reason"
    fi
    # Distances between pictures within the shots are the source's.
    times "$place/$name" >"$place/all"
    times "$reel" >"$place/shown"
    jq -r '.shots[] | "\(.in) \(.out) \(.reel_in)"' "$data" >"$place/shots"
    awk 'FILENAME ~ /shots$/ { a[++n] = $1; b[n] = $2; r[n] = $3; next }
         FILENAME ~ /all$/ { if (first == "") first = $1; t = $1 - first
             for (i = 1; i <= n; i++) if (t >= a[i] - 0.0006 && t < b[i] - 0.0006) want[i, ++count[i]] = t - a[i] + r[i]; next }
         { shown[++m] = $1 }
         END { k = 0; for (i = 1; i <= n; i++) for (j = 1; j <= count[i]; j++) { k++
             d = want[i, j] - shown[k]; if (d > 0.0011 || d < -0.0011) bad++ }; exit (bad > 0 || k != m) }' \
        "$place/shots" "$place/all" "$place/shown" || faults+=" times"
    [[ -z $faults ]] || failed=$((failed + 1))
    printf '%-34s %5.0f %% %5d of %-5d %-9s %-7s %-12s %s\n' "$name" "$(jq -n "$share * 100")" "$same" "$ours" \
        "${lowest:-none}" "$skew" "$loud" "${faults:-fine}"
}

# Makes, cuts and checks a source, when it is asked for.
try() {
    local name=$1 expected=$2
    shift 2
    [[ $name =~ $pattern ]] || return 0
    "$@" || fail "making $name failed"
    run "$place/$name" || true
    check "$name" "$expected"
    if [[ -z ${KEEP:-} ]]; then rm -f "$place/$name"; fi
}

x264=(-c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac)
vfr=(-vf "select='not(between(mod(n,20),4,9))+eq(mod(n,20),5)'" -fps_mode vfr)
printf '%-34s %7s %14s %-9s %-7s %-12s\n' source copied same ssim skew 'LUFS, dBTP'

declare -A groups=(
    [closed]='-g 48 -bf 2 -sc_threshold 0'
    [pyramid]='-g 48 -bf 5 -b_strategy 0 -x264-params b-pyramid=normal:ref=4'
    [open]='-g 24 -bf 3 -x264-params open-gop=1'
    [forward]='-g 30 -bf 0'
    [intra]='-g 1'
)
for group in closed pyramid open forward intra; do
    for container in mp4 mkv ts mov; do
        expected=copy
        # H.264 has no way to start at an open group: only the first one of these files is closed.
        if [[ $group == open ]]; then expected=encode; fi
        # shellcheck disable=SC2086
        try "h264-$group-25.$container" $expected make "h264-$group-25.$container" 25 "${x264[@]}" ${groups[$group]}
        # shellcheck disable=SC2086
        try "h264-$group-ntsc.$container" $expected make "h264-$group-ntsc.$container" 30000/1001 "${x264[@]}" \
            ${groups[$group]}
        # shellcheck disable=SC2086
        try "h264-$group-vfr.$container" $expected make "h264-$group-vfr.$container" 50 "${x264[@]}" "${vfr[@]}" \
            ${groups[$group]}
    done
done

x265=(-c:v libx265 -preset superfast -c:a aac)
for group in closed:keyint=40:min-keyint=40:open-gop=0:bframes=3 cra:keyint=30:min-keyint=30:open-gop=1:bframes=4:b-pyramid=1 \
    forward:keyint=36:bframes=0; do
    for depth in yuv420p yuv420p10le; do
        for container in mp4 mkv ts mov; do
            name=hevc-${group%%:*}-$depth.$container
            try "$name" copy make "$name" 25 "${x265[@]}" -pix_fmt $depth -x265-params "log-level=none:${group#*:}"
        done
    done
done
try hevc-vfr.mkv copy make hevc-vfr.mkv 50 "${x265[@]}" "${vfr[@]}" -x265-params log-level=none:keyint=40
try hevc-hdr10.mp4 copy make hevc-hdr10.mp4 30000/1001 "${x265[@]}" -pix_fmt yuv420p10le -color_primaries bt2020 \
    -colorspace bt2020nc -color_trc smpte2084 -tag:v hvc1 -x265-params \
    "log-level=none:keyint=40:hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400"
try hevc-hev1-inband.mp4 copy make hevc-hev1-inband.mp4 25 "${x265[@]}" -tag:v hev1 -x265-params \
    log-level=none:keyint=40:repeat-headers=1

# Depths, formats and profiles.
for kind in main:yuv420p:main baseline:yuv420p:baseline full:yuvj420p:high ten:yuv420p10le:high10 422:yuv422p10le:high422 \
    444:yuv444p:high444; do
    IFS=: read -r title format profile <<<"$kind"
    try "h264-$title.mp4" copy make "h264-$title.mp4" 25 -c:v libx264 -preset veryfast -pix_fmt "$format" \
        -profile:v "$profile" -g 40 -sc_threshold 0 -c:a aac
done
try h264-pixels.mp4 copy make h264-pixels.mp4 25 "${x264[@]}" -g 40 -vf setsar=4/3
try h264-refresh.mp4 encode make h264-refresh.mp4 25 "${x264[@]}" -g 40 -x264-params intra-refresh=1
try h264-long.mp4 encode make h264-long.mp4 25 "${x264[@]}" -g 1000 -sc_threshold 0
try h264-fragments.mp4 copy make h264-fragments.mp4 25 "${x264[@]}" -g 40 -movflags frag_keyframe+empty_moov
try h264-inband.mp4 copy make h264-inband.mp4 25 "${x264[@]}" -g 40 -x264-params repeat-headers=1
try h264-silent.mp4 copy make h264-silent.mp4 25 "${x264[@]}" -g 40 -an
try h264-5.1.mkv copy make h264-5.1.mkv 25 -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 40 \
    -af 'pan=5.1|c0=c0|c1=c0|c2=.5*c0|c4=c0|c5=c0' -c:a ac3
try h264-late.ts copy make h264-late.ts 25 "${x264[@]}" -g 40 -output_ts_offset 5000
try h264-slices.mp4 copy make h264-slices.mp4 25 "${x264[@]}" -g 40 -x264-params slices=4
try h264-interlaced.ts encode make h264-interlaced.ts 50 -c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac -g 40 \
    -vf tinterlace=interleave_top -flags +ildct+ilme
try mpeg4.avi encode make mpeg4.avi 25 -c:v mpeg4 -q:v 3 -c:a mp3

# Turned by a display matrix; edit lists that hide the pictures before a start; Matroska without decoding times.
turned_by_tag() { make plain.mp4 25 "${x264[@]}" -g 40 && quiet -i "$place/plain.mp4" -c copy -metadata:s:v rotate="$1" "$place/$2"; }
edited() { make plain.mp4 25 "${x264[@]}" -g 40 -bf 3 && quiet -ss 1.3 -i "$place/plain.mp4" -c copy "$place/$1"; }
for angle in 90 180 270; do
    try "h264-turned-$angle.mp4" copy turned_by_tag $angle "h264-turned-$angle.mp4"
done
shots='[{"in":0.52,"out":3.4},{"in":4.04,"out":4.36},{"in":4.6,"out":6.84},{"in":7.2,"out":8.6}]'
try h264-edited.mp4 copy edited h264-edited.mp4
try h264-edited.mov copy edited h264-edited.mov
try h264-edited.mkv copy edited h264-edited.mkv
# VP9 and AV1, with and without hidden pictures; composition offsets below zero.
vp9=(-c:v libvpx-vp9 -deadline good -cpu-used 5 -crf 20 -b:v 0 -g 40 -c:a aac)
av1=(-c:v libaom-av1 -usage realtime -cpu-used 8 -crf 24 -b:v 0 -g 40 -c:a aac)
shots='[{"in":0.52,"out":3.4},{"in":4.04,"out":4.36},{"in":4.6,"out":6.84},{"in":7.2,"out":10}]'
for container in mp4 mkv; do
    try "vp9.$container" copy make "vp9.$container" 25 "${vp9[@]}" -lag-in-frames 0
    try "vp9-hidden.$container" copy make "vp9-hidden.$container" 30000/1001 "${vp9[@]}" -auto-alt-ref 1 -lag-in-frames 12
    try "av1.$container" copy make "av1.$container" 25 "${av1[@]}"
    try "av1-ten.$container" copy make "av1-ten.$container" 25 "${av1[@]}" -pix_fmt yuv420p10le
done
try vp9-ten.mkv copy make vp9-ten.mkv 25 "${vp9[@]}" -pix_fmt yuv420p10le
try vp9-vfr.mkv copy make vp9-vfr.mkv 50 "${vp9[@]}" "${vfr[@]}"
try av1-hidden.mp4 copy make av1-hidden.mp4 25 "${av1[@]}" -usage good -cpu-used 6 -lag-in-frames 12
try h264-offsets.mov copy make h264-offsets.mov 25 "${x264[@]}" -g 40 -bf 3 -movflags negative_cts_offsets

# Makes and cuts a source with further options, and checks what comes of it.
try_changed() {
    local name=$1 codec=$2 least=$3
    more=$4
    shift 4
    [[ $name =~ $pattern ]] || return 0
    make "$name" "$@" || fail "making $name failed"
    run "$place/$name" || true
    check_changed "$name" "$codec" "$least"
    if [[ -z ${KEEP:-} ]]; then rm -f "$place/$name"; fi
}
hdr=(-pix_fmt yuv420p10le -color_primaries bt2020 -colorspace bt2020nc -color_trc smpte2084)
for transition in dissolve fade; do
    for name in h264.mp4 h264.mkv vfr.mp4; do
        rate=(25 "${x264[@]}")
        if [[ $name == vfr* ]]; then rate=(50 "${x264[@]}" "${vfr[@]}"); fi
        try_changed "$transition-$name" h264,yuv420p,unknown 0.2 "{\"transition\":\"$transition\"}" "${rate[@]}" -g 25
    done
    try_changed "$transition-hevc.mp4" hevc,yuv420p10le,unknown 0.2 "{\"transition\":\"$transition\"}" 25 \
        "${x265[@]}" -pix_fmt yuv420p10le -x265-params log-level=none:keyint=25
    quality=medium try_changed "$transition-medium.mp4" h264,yuv420p,smpte170m 0 "{\"transition\":\"$transition\"}" 25 "${x264[@]}"
done
cards='{"title_card":true,"end_card":"The end","title":"{a} \\N title"}'
try_changed cards.mp4 h264,yuv420p,unknown 0.5 "$cards" 25 "${x264[@]}" -g 25
try_changed cards-full.mkv h264,yuvj420p,unknown 0.5 "$cards" 25 "${x264[@]}" -pix_fmt yuvj420p -g 25
try_changed cards-hevc.mp4 hevc,yuv420p10le,unknown 0.5 "$cards" 25 "${x265[@]}" -pix_fmt yuv420p10le \
    -x265-params log-level=none:keyint=25
quality=low try_changed cards-low.mp4 h264,yuv420p,smpte170m 0 "$cards" 25 "${x264[@]}"
for quality in low high auto; do
    least=0
    if [[ $quality == auto ]]; then least=0.3; fi
    try_changed "hdr-kept-$quality.mp4" hevc,yuv420p10le,smpte2084 $least '{"hdr":"keep"}' 25 "${x265[@]}" "${hdr[@]}" \
        -x265-params log-level=none:keyint=25
done
unset quality
more='{}'

# Cuts a recording. Where ffmpeg's tools take other pictures for the source's (HDR, fields, damage, two videos in a file,
# hidden pictures at the time of shown ones), they are not compared. One that is silent or very quiet is raised by 20 dB.
try_real() {
    local file=$1 name=${1##*/} length
    [[ $name =~ $pattern ]] || return 0
    length=$(ffprobe -v error -select_streams v:0 -show_entries stream=duration:format=duration -of json "$file" |
        jq '.streams[0].duration // .format.duration | tonumber')
    shots=$(jq -cn --argjson length "$length" '[[0.12, 0.48], [0.55, 0.97]] | map({in: (.[0] * $length), out: (.[1] * $length)})')
    least_loud=$({ ffmpeg -nostdin -i "$file" -vn -af ebur128 -f null - 2>&1 || true; } |
        awk '/^ *I:/ { i = $2 } END { print i != "" && i < -34 ? -70 : -17 }')
    cp -- "$file" "$place/$name"
    run "$place/$name" || true
    case $name in
        *hdr* | hlg10* | mpeg2-interlaced* | arm-wrestling* | sar-525by352* | two-programs* | vp9-10bit*)
            check_changed "$name" h264 0 ;;
        *) check "$name" any ;;
    esac
    if [[ -z ${KEEP:-} ]]; then rm -f "$place/$name"; fi
}
media=${MOMENTS_MEDIA:-$root/../shared/media}
for file in "$media"/{action,calm,format,nature,phone,talk}/*; do
    # Half a second is too short for a reel; of several AMR frames in a packet libavcodec 59 decodes the first.
    case $file in *sony-interlaced* | *phone-2005*) continue ;; esac
    if [[ -f $file ]]; then try_real "$file"; fi
done
printf '%d sources, %d failed\n' "$total" "$failed"
((failed == 0))
