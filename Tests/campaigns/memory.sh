#!/usr/bin/env bash
# The highest memory of the worker on long videos, and that of the idle daemon.
#
#   Tests/campaigns/memory.sh [MINUTES…]      default: 10 30
#
# The videos are 1080p30 H.264 and AAC, made with ffmpeg's own sources: MINUTES long, from one repeated minute.
# Limits: 300 MB for the worker and no more for the longest than for the shortest (5 % allowed), 20 MB for the daemon.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
lengths=("$@")
((${#lengths[@]} > 0)) || lengths=(10 30)
set_up

# The resident memory of a process at its highest, in kB; 0 when it is gone.
highest() { awk '/^VmHWM:/ { kb = $2 } END { print kb + 0 }' "/proc/$1/status" 2>/dev/null || echo 0; }

start_daemon
sleep 5
idle=$(awk '/^VmRSS:/ { print $2 }' "/proc/$daemon/status")
stop_daemon
printf 'daemon, idle: %d kB\n' "$idle"
faults=0
if ((idle > 20 * 1024)); then faults=$((faults + 1)); fi

minute=$place/minute.mp4
ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=s=1920x1080:r=30:d=60 -f lavfi -i "sine=f=330:b=4:r=48000:d=60" \
    -filter_complex "[0:v]noise=alls=6:allf=t[v]" -map '[v]' -map 1:a \
    -c:v libx264 -preset ultrafast -crf 26 -pix_fmt yuv420p -c:a aac "$minute"
first=0
for length in "${lengths[@]}"; do
    video=$place/long.mp4
    ffmpeg -nostdin -v error -y -stream_loop $((length - 1)) -i "$minute" -c copy "$video"
    begin=$SECONDS peak=0
    "$programs/moments" run "$video" -o "$place/outbox" >"$place/run.log" 2>&1 &
    run=$!
    while kill -0 "$run" 2>/dev/null; do
        for worker in $(pgrep -P "$run" -f moments-worker || true); do
            now=$(highest "$worker")
            if ((now > peak)); then peak=$now; fi
        done
        sleep 0.2
    done
    wait "$run" || fail "$length min failed: $(tail -n 2 "$place/run.log")"
    printf 'worker, %d min 1080p: %d kB at most, %d s\n' "$length" "$peak" $((SECONDS - begin))
    if ((first == 0)); then first=$peak; fi
    if ((peak == 0 || peak > 300 * 1024 || peak > first * 105 / 100)); then faults=$((faults + 1)); fi
done
echo "$faults beyond the limits"
((faults == 0))
