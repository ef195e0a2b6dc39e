#!/usr/bin/env bash
# One reel of a folder of many small videos: time and memory, and what one more costs.
#
#   Tests/campaigns/album-size.sh [COUNT]      default: 1000 videos of 3 s
#
# The videos show twenty different things, each told to be taken at a time of its own; no reels of the single ones are made.
# Limits: 300 MB for the worker, and for one more video a fifth of the first run's time.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
count=${1:-1000}
set_up

mkdir "$place/seeds" "$place/album"
for ((seed = 0; seed < 20; seed++)); do
    ffmpeg -nostdin -v error -f lavfi -i "testsrc2=s=480x270:r=25:d=3" -f lavfi -i "anoisesrc=seed=$seed:a=0.3:d=3" \
        -filter_complex "[0:v]hue=h=$((seed * 18)):s=$((seed % 3 + 1)),rotate=$seed/7[v];[1:a]volume=volume='0.2+0.8*gt(t,1.5)':eval=frame[a]" \
        -map '[v]' -map '[a]' -c:v libx264 -preset ultrafast -c:a aac -shortest "$place/seeds/$seed.mp4"
done
# Makes a video of its own: number.
make_one() {
    ffmpeg -nostdin -v error -y -i "$place/seeds/$(($1 % 20)).mp4" -c copy \
        -metadata creation_time="$(date -u -d "2026-07-12 08:00 UTC + $(($1 * 7)) minutes" +%FT%TZ)" "$place/new.mp4"
    mv "$place/new.mp4" "$place/album/clip-$1.mp4"
}
for ((number = 1; number <= count; number++)); do make_one "$number"; done
printf '{"target_duration": 60, "singles": false}\n' >"$place/album/album.request.json"

# Waits until the album shows as many videos as there are; prints seconds and the worker's memory at its highest, in kB.
measure() {
    local begin=$SECONDS peak=0 now worker
    local folder
    while true; do
        folder=$(jq -r 'select(.status == "completed") | .result.folder' "$manifest" 2>/dev/null || true)
        now=$(jq -r .videos "$place/outbox/$folder/album.json" 2>/dev/null || echo 0)
        ((${now:-0} < $1)) || break
        check_daemon
        ((SECONDS - begin < 7200)) || fail "the album was not made in two hours"
        for worker in $(pgrep -P "$daemon" || true); do
            now=$(awk '/^VmHWM:/ { print $2 }' "/proc/$worker/status" 2>/dev/null || echo 0)
            if ((${now:-0} > peak)); then peak=$now; fi
        done
        sleep 0.2
    done
    echo "$((SECONDS - begin)) $peak"
}

mv "$place/album" "$place/inbox/album"
manifest=$place/inbox/album/album.moments.json
start_daemon '[Intake]' 'SettleTime=1s' 'Quiet=2s'
read -r whole peak < <(measure "$count")
printf '%d videos: %d s, worker %d MB at most, daemon %d MB\n' "$count" "$whole" $((peak / 1024)) \
    $(($(awk '/^VmHWM:/ { print $2 }' "/proc/$daemon/status") / 1024))

ffmpeg -nostdin -v error -y -i "$place/seeds/3.mp4" -c copy -metadata creation_time=2026-07-30T08:00:00Z "$place/new.mp4"
mv "$place/new.mp4" "$place/inbox/album/one-more.mp4"
read -r more second < <(measure $((count + 1)))
printf 'one more: %d s, worker %d MB at most\n' "$more" $((second / 1024))
((peak <= 300 * 1024 && second <= 300 * 1024)) || fail 'the worker took more than 300 MB'
((more * 5 <= whole)) || fail 'one more video costs more than a fifth of all of them'
