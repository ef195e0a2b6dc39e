#!/usr/bin/env bash
# Reports of videos with hostile names, looked at and used in Chromium: what the editor saves gives the reel it promised.
#
#   Tests/campaigns/report.sh [VIDEO [PICTURES]]
#
# Without VIDEO, half a minute is made for it. PICTURES is a folder for pictures of the pages.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
video=${1:-} pictures=${2:-}
set_up chromium
here=$root/Tests/campaigns
if [[ -z $video ]]; then
    video=$place/film.mp4
    for part in 0 1 2 3 4 5; do
        printf -v graph 'testsrc2=s=640x360:r=25:d=5,hue=h=%d,rotate=%d*t/9' $((part * 60)) "$part"
        ffmpeg -nostdin -v error -f lavfi -i "$graph" -f lavfi -i "anoisesrc=seed=$part:r=48000:d=5,volume=0.0$((part * 3 % 7 + 1))" \
            -c:v libx264 -preset veryfast -g 50 -pix_fmt yuv420p -c:a aac "$place/part$part.mp4"
        echo "file part$part.mp4" >>"$place/parts"
    done
    ffmpeg -nostdin -v error -f concat -i "$place/parts" -c copy "$video"
fi
ending=${video##*.} long=$(printf 'ü%.0s' {1..125})
names=("<script>document.title='owned'" "\"onmouseover=\"document.title='owned'" $'new\nline '"'q' & co" $'\u202Egpj.evil مقطع'
    "$long" Evening/film)
# The editor's request keeps the preset; in which case its folder is written does not matter.
printf '[Highlight]\nTransition=fade\nCaptions=burn\n' >"$place/presets/evening.conf"
mkdir "$place/inbox/Evening"
start_daemon '[Intake]' SettleTime=300ms Duplicates=process '[Highlight]' TargetDuration=12s
for name in "${names[@]}"; do cp "$video" "$place/inbox/$name.$ending"; done
wait_quiet 2 600
faults=0
wrong() { printf 'wrong: %q: %s\n' "$name" "$*"; faults=$((faults + 1)); }

for name in "${names[@]}"; do
    file=$place/inbox/$name.$ending manifest=$(manifest_of "$file")
    if [[ $(jq -r .status "$manifest") != completed ]]; then
        wrong "$(jq -c '[.status, .error]' "$manifest")"
        continue
    fi
    result=$place/outbox/$(jq -r .result.folder "$manifest") first=$(jq .processing_time "$manifest")
    outcome=$(python3 "$here/report.py" "$result" "$place/request.json" ${pictures:+"$pictures"}) || wrong "$outcome"
    [[ -s $place/request.json ]] || continue
    job=$(jq -r .completed_at "$manifest")
    # Also where the name leaves no room for a suffix, both are named alike.
    cp "$place/request.json" "${manifest%.moments.json}.request.json"
    for ((tries = 0; tries < 300; tries++)); do
        manifest=$(manifest_of "$file")
        [[ $(jq -r '.status + .completed_at' "$manifest") == "completed$job" ]] || [[ $(jq -r .status "$manifest") != completed ]] || break
        sleep 0.2
    done
    result=$place/outbox/$(jq -r .result.folder "$manifest") second=$(jq .processing_time "$manifest")
    [[ $name != Evening/* || $(jq -r '.preset + " " + .config.transition' "$manifest") == 'evening fade' ]] \
        || wrong "the preset is lost: $(jq -c '[.preset, .config.transition]' "$manifest")"
    promised=$(jq -n --slurpfile request "$place/request.json" --slurpfile reel "$result/highlight.json" '
        $request[0] as $wish | $reel[0].shots as $shots
        | {
            pinned: ($wish.pin | all(. as $pin | $shots | any(.in <= $pin.in + 0.05 and .out >= $pin.out - 0.05))),
            banned: ($wish.ban | any(. as $ban | $shots | any(.in < $ban.out - 0.001 and .out > $ban.in + 0.001)) | not),
            length: (([$shots[].duration] | add) - $wish.target_duration | fabs < 1.5)
        } | select([.[]] | all | not)')
    [[ -z $promised ]] || wrong "not what was asked for: $promised"
    printf '%-40q %s; made in %.1f s, again in %.1f s\n' "${name:0:36}" "$outcome" "$first" "$second"
done
name=index.html
python3 "$here/gallery.py" names "$place/outbox" ${pictures:+"$pictures"} || wrong "the page of all results"
((faults == 0))
