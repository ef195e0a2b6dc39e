#!/usr/bin/env bash
# The power fails: at random moments of a run, what the disk would hold then is mounted, and a daemon is started on it.
#
#   Tests/campaigns/power.sh [POINTS [SEED [FILESYSTEM]]]      default: 60 1 ext4 (or xfs); KEEP=1 leaves the folders
#
# Every block write and flush is recorded by the test harness (MOMENTS_HARNESS=FOLDER, default: ../shared/harness beside
# the checkout; needs root). An image keeps all up to the last flush before its moment, and a random part of the rest.
# What was told to be completed before must stand; everything else must be done, once, by the daemon that finds it.
# ALBUMS=1 has the videos come in two folders, each of which has a reel of all its files besides.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"

settings=('[Intake]' 'SettleTime=150ms' '[Workers]' 'Count=2')
if [[ -n ${ALBUMS:-} ]]; then settings+=('[Intake]' 'Quiet=300ms' '[Folders]' 'Albums=all'); fi

# The folder of the inbox that a video comes into: /day-1, or nothing for the inbox itself.
folder_of() {
    local name=${1##*clip-}
    if [[ -n ${ALBUMS:-} ]]; then printf '/day-%s' "$(((${name%.ts} + 3) / 4))"; fi
}

# Called for each image: $CRASH_DIR is what is left, $CRASH_MARKS what was told before.
check() {
    trap stop_daemon EXIT
    place=$POWER_PLACE programs=$POWER_PROGRAMS base=$CRASH_DIR
    mkdir -p "$base/inbox" "$base/outbox" "$base/state"
    local mark name digest result tries known into whole
    while read -r mark digest name; do
        [[ $mark == "done" ]] || continue
        result=$(grep -rlx --include=highlight.mp4 "$digest" "$base/outbox" | grep -v /.momentsd/ || true)
        [[ -n $result ]] || { echo "moment $CRASH_POINT: the result of $name is gone"; return 1; }
        # Others may be torn, which is no fault: they are set aside.
        known=$(find "$base/inbox" -name '*.moments.json' -print0 | while IFS= read -r -d '' manifest; do
            jq -r 'select(.status == "completed") | .result.folder' "$manifest" 2>/dev/null || true
        done)
        result=${result%/*}
        grep -qxF "${result#"$base/outbox/"}" <<<"$known" \
            || { echo "moment $CRASH_POINT: $name is not known to be completed"; return 1; }
    done <<<"$CRASH_MARKS"
    # Whoever copied a video when the power failed copies it again.
    local have
    have=$(find "$base/inbox" -type f ! -name '.*' ! -name '*.json*' -exec sha256sum {} +)
    for name in "$place"/videos/*; do
        digest=$(sha256sum "$name")
        if grep -q "^${digest%% *}" <<<"$have"; then continue; fi
        into=$base/inbox$(folder_of "$name")
        mkdir -p "$into"
        cp "$name" "$into/again-${name##*/}"
    done
    whole=$(find "$place/videos" -type f -exec sha256sum {} +)
    find "$base/inbox" -type f ! -name '.*' ! -name '*.json*' -print0 | while IFS= read -r -d '' name; do
        digest=$(sha256sum "$name")
        grep -q "^${digest%% *}" <<<"$whole" || rm "$name"
    done
    start_daemon "${settings[@]}" '[Workers]' "Program=$place/worker"
    for ((tries = 0; tries < 300; tries++)); do
        if (($(ask '/jobs?limit=1&status=completed' | jq -r '.total // 0') >= $(ls "$place/videos" | wc -l))) \
            && judge "$base/inbox" "$base/outbox" >/dev/null; then break; fi
        sleep 0.1
    done
    stop_daemon
    result=$(judge "$base/inbox" "$base/outbox") || { echo "moment $CRASH_POINT: $result"; return 1; }
}
if [[ ${1:-} == check ]]; then
    check
    exit
fi

points=${1:-60} seed=${2:-1} system=${3:-ext4}
harness=${MOMENTS_HARNESS:-$root/../shared/harness}
[[ -x $harness/fault ]] || fail "the test harness is not in $harness; name its folder in MOMENTS_HARNESS"
set_up jq
make_worker 0.02
fault() { "$harness/fault" disk -n "moments-$$" "$@"; }
finish() {
    stop_daemon
    fault stop >/dev/null 2>&1 || true
    tear_down
}
trap finish EXIT
mkdir "$place/disk" "$place/videos"
fault start "$place/disk" --size 320 --fs "$system" >/dev/null
base=$place/disk
mkdir "$base/inbox" "$base/outbox" "$base/state"
for ((index = 1; index <= 8; index++)); do make_video "$place/videos/clip-$index.ts" $((index * 3000)); done

start_daemon "${settings[@]}" '[Workers]' "Program=$place/worker"
told=' '
tell() {
    local id name folder
    while IFS=$'\t' read -r id name folder; do
        [[ $told != *" $id "* ]] || continue
        told+="$id "
        fault "do" mark "done" "$(cat "$base/outbox/$folder/highlight.mp4")" "$name"
    done < <(ask '/jobs?status=completed' | jq -r '.jobs[] | select(.source.name | endswith(".ts")) | [.job_id, .source.name, .result.folder] | @tsv')
}
for ((index = 1; index <= 8; index++)); do
    into=$base/inbox$(folder_of "clip-$index.ts")
    mkdir -p "$into"
    cp "$place/videos/clip-$index.ts" "$into/clip-$index.ts"
    sync "$into/clip-$index.ts" "$into" "$base/inbox"
    sleep 0.3
    tell
    if ((index % 3 == 0)) && [[ -e $into/clip-$((index - 2)).ts ]]; then
        mv "$into/clip-$((index - 2)).ts" "$into/renamed-$index.ts"
    fi
done
for ((tries = 0; tries < 100; tries++)); do
    tell
    if (($(wc -w <<<"$told") >= 8)); then break; fi
    sleep 0.1
done
sleep 1
stop_daemon
echo "recorded: $(wc -w <<<"$told") completions told, $(fault state 2>/dev/null | tr '\n' ' ' | cut -c 1-100)"
export POWER_PLACE=$place POWER_PROGRAMS=$programs
begin=$SECONDS status=0
fault explore "$points" --seed "$seed" -- bash "${BASH_SOURCE[0]}" check || status=$?
echo "$points moments on $system, $((SECONDS - begin)) s: $( ((status == 0)) && echo each recovered || echo FAULTS, see above)"
exit "$status"
