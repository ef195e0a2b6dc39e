#!/usr/bin/env bash
# Ends the work on a reel at many moments: no moment may leave a reel in the outbox that is not whole.
#
#   Tests/campaigns/reel-ends.sh [MOMENTS]      how many moments of each kind; default: 12
#
# The worker is killed at growing delays; then the disk is full after growing sizes (a limit on the size of files stands
# for it). The outbox may hold nothing, or a whole result that ffmpeg decodes without a word.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
moments=${1:-12}
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-ends.XXXXXX")
trap 'rm -rf -- "$place"' EXIT
faults=0 whole=0

ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=s=640x360:r=25:d=30 -f lavfi -i sine=d=30:r=48000 \
    -c:v libx264 -preset ultrafast -g 40 -pix_fmt yuv420p -c:a aac "$place/film.mp4"

# Looks at what is in the outbox after an attempt.
look() {
    local reel
    while IFS= read -r -d '' reel; do
        if ffmpeg -nostdin -v error -xerror -i "$reel" -f null - 2>&1 | grep -q . || [[ ! -s ${reel%/*}/manifest.json ]]; then
            echo "$1: $reel is not whole"
            faults=$((faults + 1))
        else
            whole=$((whole + 1))
        fi
    done < <(find "$place/outbox" -path '*/.momentsd' -prune -o -name '*.mp4' -print0)
    rm -rf "$place/outbox"
}

begin=$(date +%s%N)
"$programs/moments" run "$place/film.mp4" --quality original --target-duration 12 -o "$place/outbox" >"$place/log" 2>&1 ||
    fail "the job itself fails: $(tail -n 2 "$place/log")"
length=$((($(date +%s%N) - begin) / 1000000))
size=$(stat -c %s "$place"/outbox/film/highlight.mp4)
look "undisturbed"
((whole == 1)) || fail "the undisturbed job left no reel"

for ((number = 1; number <= moments; number++)); do
    delay=$((length * number / (moments + 1)))
    "$programs/moments" run "$place/film.mp4" --quality original --target-duration 12 -o "$place/outbox" \
        >"$place/log" 2>&1 &
    run=$!
    sleep "$((delay / 1000)).$(printf '%03d' $((delay % 1000)))"
    worker=$(pgrep -P "$run" -f moments-worker | head -n 1 || true)
    if [[ -n $worker ]]; then kill -KILL "$worker" 2>/dev/null || true; fi
    wait "$run" 2>/dev/null || true
    look "killed after $delay ms"
done
for ((number = 1; number <= moments; number++)); do
    blocks=$((size * number / (moments + 1) / 1024 + 1))
    (
        ulimit -f "$blocks"
        trap '' XFSZ
        exec "$programs/moments" run "$place/film.mp4" --quality original --target-duration 12 -o "$place/outbox"
    ) >"$place/log" 2>&1 || true
    look "full after $blocks kB"
done
printf '%d attempts, %d whole reels, %d faults\n' $((2 * moments + 1)) "$whole" "$faults"
((faults == 0))
