#!/usr/bin/env bash
# What goes wrong with disks, limits and clocks: no file is lost, /health says what is wrong, and all goes on by itself.
#
#   Tests/campaigns/faults.sh [CASE…]      default: all of them; KEEP=1 leaves the folders
#
# Needs root and the test harness (MOMENTS_HARNESS=FOLDER, default: ../shared/harness beside the checkout).
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"
harness=${MOMENTS_HARNESS:-$root/../shared/harness}
[[ -x $harness/fault ]] || fail "the test harness is not in $harness; name its folder in MOMENTS_HARNESS"
fault() { "$harness/fault" "$@"; }
set_up jq
make_worker 0.05
faults=0
top=$place
finish() {
    for folder in "$top"/*/{inbox,inbox/nas,outbox}; do
        if [[ $folder == */hung_* ]]; then "$harness/remote-fs" stop "$folder" >/dev/null 2>&1 || true; fi
    done
    stop_daemon
    umount -l "$top"/*/{inbox,outbox,state} 2>/dev/null || true
    place=$top
    tear_down
}
trap finish EXIT

begin() {
    stop_daemon
    name=$1 place=$top/$1
    mkdir -p "$place"/{inbox,outbox,state,presets}
    cp -p "$top/worker" "$top/pause" "$place"
    : >"$place/starts"
    prefix=()
}
run() {
    start_daemon '[Intake]' 'SettleTime=300ms' 'ReconcileInterval=3s' "${1:-}" '[Workers]' "Program=$place/worker" "${2:-}"
}
drop() { make_video "$place/$1" "${2:-2000}"; mv "$place/$1" "$place/inbox/$1"; }
report() {
    printf '%-14s %s\n' "$name" "$1"
    if [[ $1 != right* ]]; then faults=$((faults + 1)); tail -n 5 "$place/momentsd.log" | sed 's/^/    /'; fi
}
# Waits until /health is not healthy and one of its reasons holds TEXT.
expect_trouble() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        if ask /health | jq -e --arg text "$1" '.status != "healthy" and any(.reasons[]; contains($text))' >/dev/null 2>&1
        then return 0; fi
        sleep 0.1
    done
    report "WRONG: /health does not say '$1': $(ask /health | jq -c '[.status, .reasons]')"
    return 1
}
# Waits until COUNT jobs are completed and all is well again, without a restart.
expect_done() {
    local tries
    for ((tries = 0; tries < ${2:-300}; tries++)); do
        if ask /health | jq -e --argjson count "$1" '.status == "healthy" and .jobs.completed >= $count' >/dev/null 2>&1
        then
            stop_daemon
            if result=$(judge); then report "right: $result"; else report "WRONG: $result"; fi
            return
        fi
        sleep 0.1
    done
    report "WRONG: it did not recover: $(ask /health | jq -c '[.status, .reasons, .jobs]')"
}

full_outbox() {
    begin "${FUNCNAME[0]}"
    fault small "$place/outbox" 120
    run
    drop first.ts; sleep 2
    fault fill "$place/outbox"
    drop second.ts
    expect_trouble 'make room' || return 0
    [[ $(ask /health | jq -r .status) == degraded ]] || report "WRONG: not degraded"
    fault drain "$place/outbox"
    expect_done 2
    fault unmount "$place/outbox"
}
full_inbox() {
    begin "${FUNCNAME[0]}"
    fault small "$place/inbox" 4
    drop first.ts
    fault fill "$place/inbox"
    run
    expect_trouble 'make room' || return 0
    [[ ! -s $place/starts ]] || report "WRONG: work was begun that could not be noted"
    fault drain "$place/inbox"
    expect_done 1
    fault unmount "$place/inbox"
}
full_state() {
    begin "${FUNCNAME[0]}"
    fault small "$place/state" 2
    fault fill "$place/state"
    run
    drop first.ts
    expect_trouble 'state folder' || return 0
    fault drain "$place/state"
    expect_done 1
    fault unmount "$place/state"
}
readonly_inbox() {
    begin "${FUNCNAME[0]}"
    fault small "$place/inbox" 8
    run
    drop first.ts; sleep 2
    drop second.ts; fault readonly "$place/inbox" on
    expect_trouble 'cannot be written' || return 0
    fault readonly "$place/inbox" off
    expect_done 2
    fault unmount "$place/inbox"
}
readonly_outbox() {
    begin "${FUNCNAME[0]}"
    fault small "$place/outbox" 200
    run
    drop first.ts; sleep 2
    fault readonly "$place/outbox" on
    drop second.ts
    expect_trouble 'o worker can be started' || return 0
    fault readonly "$place/outbox" off
    expect_done 2
    fault unmount "$place/outbox"
}
io_errors() {
    begin "${FUNCNAME[0]}"
    run
    drop first.ts; sleep 2
    fault inject 'fsync:error=EIO' 'openat2:error=EIO:when=1+7' -p "$daemon" >/dev/null 2>&1 &
    sleep 1
    local injector
    injector=$(awk '/^TracerPid:/ { print $2 }' "/proc/$daemon/status")
    ((injector > 0)) || report 'WRONG: nothing is injected'
    for ((index = 0; index < 10; index++)); do drop "clip-$index.ts"; done
    expect_trouble 'nput/output error' || true
    sleep 3
    kill -INT "$injector"
    # What failed in the middle is tried again after a minute.
    expect_done 11 1200
}
no_access() {
    begin "${FUNCNAME[0]}"
    chmod 777 "$top" "$place" "$place"/{inbox,outbox,state}; chmod 666 "$place/starts"
    prefix=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    make_video "$place/first.ts"; chmod 000 "$place/first.ts"; mv "$place/first.ts" "$place/inbox/first.ts"
    run
    for ((tries = 0; tries < 100; tries++)); do
        if [[ $(jq -r .error.error "$place/inbox/first.ts.moments.json" 2>/dev/null) == ReadFailed ]]; then break; fi
        sleep 0.1
    done
    ((tries < 100)) || report "WRONG: an unreadable file is not told"
    chmod 644 "$place/inbox/first.ts"
    expect_done 1
}
descriptors() {
    begin "${FUNCNAME[0]}"
    run
    drop first.ts; sleep 2
    prlimit --pid "$daemon" --nofile="$(ls "/proc/$daemon/fd" | wc -l):"
    for ((index = 0; index < 5; index++)); do drop "clip-$index.ts"; done
    sleep 4
    [[ $(find "$place/inbox" -name '*.ts' | wc -l) == 6 ]] || report "WRONG: files are gone"
    prlimit --pid "$daemon" --nofile=1024:
    expect_done 6
}
overflow() {
    begin "${FUNCNAME[0]}"
    local before
    before=$(cat /proc/sys/fs/inotify/max_queued_events)
    echo 16 >/proc/sys/fs/inotify/max_queued_events
    run
    echo "$before" >/proc/sys/fs/inotify/max_queued_events
    mkdir "$place/new"
    for ((index = 0; index < 200; index++)); do make_video "$place/new/clip-$index.ts" 100; done
    mv "$place"/new/* "$place/inbox/"
    rmdir "$place/new"
    expect_done 200 1800
}
watch_limit() {
    begin "${FUNCNAME[0]}"
    chmod 777 "$place"/{inbox,outbox,state}
    for ((index = 0; index < 8; index++)); do mkdir "$place/inbox/folder-$index"; done
    prefix=("$harness/fault" watches 4 --)
    run 'PollInterval=1s'
    for ((index = 0; index < 8; index++)); do drop "clip.ts"; mv "$place/inbox/clip.ts" "$place/inbox/folder-$index/clip-$index.ts"; done
    for ((tries = 0; tries < 300; tries++)); do
        if [[ $(find "$place/inbox" -name '*.moments.json' -exec grep -l '"status" : "completed"' {} + | wc -l) == 8 ]]; then break; fi
        sleep 0.1
    done
    local told
    told=$(grep -c 'max_user_watches' "$place/momentsd.log" || true)
    if ((tries < 300 && told == 1)) && ask /health | jq -e '[.watch[] | select(.mode == "poll")] | length > 0' >/dev/null
    then report "right: 8 videos completed, the sysctl named once, polled folders in /health"
    else report "WRONG: after $tries tries, told $told times: $(ask /health | jq -c .watch)"; fi
}
unmounted() {
    begin "${FUNCNAME[0]}"
    mkdir "$place/disk"
    mount --bind "$place/disk" "$place/inbox"
    # A bind mount shows the same device: another file system has to be in the way.
    umount "$place/inbox"
    truncate -s 64M "$place/image"; mkfs.ext4 -q "$place/image"; mount -o loop "$place/image" "$place/inbox"
    run
    drop first.ts; sleep 2
    umount -l "$place/inbox"
    expect_trouble 'inbox' || return 0
    sleep 2
    mount -o loop "$place/image" "$place/inbox"
    drop second.ts
    expect_done 2
    umount -l "$place/inbox"
}
overmounted() {
    begin "${FUNCNAME[0]}"
    run
    drop first.ts; sleep 2
    mount -t tmpfs none "$place/inbox"
    echo foreign >"$place/inbox/foreign.ts"
    expect_trouble 'another file system' || return 0
    umount "$place/inbox"
    drop second.ts
    expect_done 2
}
clock() {
    begin "${FUNCNAME[0]}"
    prefix=("$harness/fault" clock "$place/clock" --)
    fault clock-set "$place/clock" 0
    run 'GiveUpAfter=1h'
    printf '\0\0\0\20ftypisom\0\0\0\0' >"$place/inbox/arriving.mp4"
    drop first.ts; sleep 2
    for shift in 86400 -86400 0; do
        fault clock-set "$place/clock" "$shift"
        sleep 3
        drop "at$shift.ts"
    done
    sleep 4
    local state
    state=$(jq -r .status "$place/inbox/arriving.mp4.moments.json")
    rm "$place/inbox/arriving.mp4"
    if [[ $state != uploading ]]; then report "WRONG: an arriving file became $state"; return; fi
    expect_done 4
}

# Thousands of broken files are given up at the same moment; what arrives then is not to wait for them.
given_up() {
    begin "${FUNCNAME[0]}"
    local index began count=8000
    for ((index = 0; index < count; index++)); do printf '\0\0\0\20ftypisom%08d' "$index"; done | split -b 20 -a 4 \
        --additional-suffix=.mp4 - "$place/inbox/broken-"
    run $'GiveUpAfter=20s\nReconcileInterval=10min'
    began=$(find "$place/inbox" -name '*.mp4' -printf '%T@\n' | sort -n | sed -n 1p)
    sleep "$(awk -v then="$began" -v now="$EPOCHREALTIME" 'BEGIN { left = then + 20.5 - now; print (left > 0 ? left : 0) }')"
    local worst=0 delay
    for ((index = 0; index < 5; index++)); do
        drop "fresh-$index.ts"
        began=$EPOCHREALTIME
        for ((tries = 0; tries < 300; tries++)); do
            if grep -q "fresh-$index" "$place/starts"; then break; fi
            sleep 0.05
        done
        delay=$(awk -v now="$EPOCHREALTIME" -v then="$began" 'BEGIN { printf "%d", (now - then) * 1000 }')
        if ((delay > worst)); then worst=$delay; fi
    done
    for ((tries = 0; tries < 600; tries++)); do
        if (($(ask /health | jq -r '.jobs.failed // 0') == count)); then break; fi
        sleep 0.1
    done
    if ((worst < 2000 && tries < 600)); then report "right: $count given up, the slowest of five arrivals began after $worst ms"
    else report "WRONG: $worst ms until a new file began, $(ask /health | jq -c .jobs)"; fi
}
# Whether the daemon answers at once, as the watchdog and whoever asks want it to.
answers() {
    local tries
    for ((tries = 0; tries < 10; tries++)); do
        curl -s --max-time 1 --unix-socket "$place/status.sock" http://localhost/health >/dev/null \
            || { report 'WRONG: /health does not answer within a second'; return 1; }
        sleep 0.5
    done
}
hung_inbox() {
    begin "${FUNCNAME[0]}"
    mkdir "$place/server"
    "$harness/remote-fs" start "$place/server" "$place/inbox" >/dev/null
    run 'PollInterval=1s'
    drop first.ts; sleep 4
    "$harness/remote-fs" hang "$place/inbox" on
    answers || return 0
    expect_trouble 'does not answer' || return 0
    make_video "$place/server/second.ts"
    sleep 5
    "$harness/remote-fs" hang "$place/inbox" off
    expect_done 2
    "$harness/remote-fs" stop "$place/inbox" >/dev/null
}
hung_at_start() {
    begin "${FUNCNAME[0]}"
    mkdir "$place/server"
    "$harness/remote-fs" start "$place/server" "$place/inbox" >/dev/null
    make_video "$place/server/first.ts"
    "$harness/remote-fs" hang "$place/inbox" on
    run 'PollInterval=1s'
    answers || return 0
    expect_trouble 'does not answer' || return 0
    local since=$SECONDS
    stop_daemon
    ((SECONDS - since < 8)) || report "WRONG: it took $((SECONDS - since)) s to stop"
    run 'PollInterval=1s'
    "$harness/remote-fs" hang "$place/inbox" off
    expect_done 1
    "$harness/remote-fs" stop "$place/inbox" >/dev/null
}
hung_folder() {
    begin "${FUNCNAME[0]}"
    mkdir "$place/server" "$place/inbox/nas"
    "$harness/remote-fs" start "$place/server" "$place/inbox/nas" >/dev/null
    run 'PollInterval=1s'
    make_video "$place/server/far.ts"; drop near.ts; sleep 4
    "$harness/remote-fs" hang "$place/inbox/nas" on
    expect_trouble "'nas'" || { "$harness/remote-fs" hang "$place/inbox/nas" off; return; }
    for index in 1 2 3; do
        drop "meanwhile-$index.ts"
        for ((tries = 0; tries < 150; tries++)); do
            if [[ $(jq -r .status "$place/inbox/meanwhile-$index.ts.moments.json" 2>/dev/null) == completed ]]; then break; fi
            sleep 0.1
        done
        if ((tries == 150)); then
            # What cleans up would wait for it, too.
            "$harness/remote-fs" hang "$place/inbox/nas" off
            report 'WRONG: a hung folder holds back what arrives beside it'
            return
        fi
    done
    "$harness/remote-fs" hang "$place/inbox/nas" off
    expect_done 5
    "$harness/remote-fs" stop "$place/inbox/nas" >/dev/null
}
hung_outbox() {
    begin "${FUNCNAME[0]}"
    mkdir "$place/server"
    "$harness/remote-fs" start "$place/server" "$place/outbox" >/dev/null
    run
    drop first.ts; sleep 3
    "$harness/remote-fs" hang "$place/outbox" on
    drop second.ts
    answers || return 0
    expect_trouble 'outbox' || return 0
    "$harness/remote-fs" hang "$place/outbox" off
    expect_done 2
    "$harness/remote-fs" stop "$place/outbox" >/dev/null
}

cases=("$@")
((${#cases[@]} > 0)) || cases=(full_outbox full_inbox full_state readonly_inbox readonly_outbox io_errors no_access
    descriptors overflow watch_limit unmounted overmounted clock hung_inbox hung_at_start hung_folder hung_outbox given_up)
for case in "${cases[@]}"; do "$case"; done
stop_daemon
place=$top
((faults == 0)) || fail "$faults of ${#cases[@]} went wrong"
