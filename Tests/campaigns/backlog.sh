#!/usr/bin/env bash
# Thousands of files in the inbox: how long the daemon takes to look through them, what it needs, and what it does idle.
#
#   Tests/campaigns/backlog.sh [COUNT [IDLE_SECONDS]]      default: 10000 60; KEEP=1 leaves the folders
#
# Limits: 2 s and 60 MB for a start over COUNT known files; idle: no byte read, at most one wake-up a second, no growth.
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"
count=${1:-10000} idle=${2:-60}
set_up jq
make_worker 1000
faults=0
settings=('[Intake]' 'SettleTime=1s' 'ReconcileInterval=1d' '[Workers]' "Program=$place/worker")

# In a mount table of its own, where there is one to be had: others' mounts are no idleness.
if unshare --mount true 2>/dev/null; then prefix=(unshare --mount --propagation private); fi
milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
resident() { awk '/^VmHWM:/ { print $2 }' "/proc/$daemon/status"; }
limit() {
    printf '%-52s %8s   (limit %s)\n' "$1" "$2" "$3"
    if (($2 > $3)); then faults=$((faults + 1)); fi
}
jobs_at() { ask /health | jq -r ".jobs.$1 // 0"; }

for ((index = 0; index < count; index++)); do printf 'video %d\n' "$index" >"$place/inbox/clip-$index.ts"; done

begin=$(milliseconds)
start_daemon "${settings[@]}"
printf '%-52s %8s\n' "first start over $count new files, ms" $(($(milliseconds) - begin))
for ((tries = 0; tries < 3000; tries++)); do
    if (($(jobs_at pending) >= count - 1)); then break; fi
    check_daemon
    sleep 0.2
done
printf '%-52s %8s\n' "until all are known to be whole, ms" $(($(milliseconds) - begin))
(($(jobs_at pending) >= count - 1)) || fail "not all were taken in"
limit "highest memory taking them in, kB" "$(resident)" 81920
stop_daemon

begin=$(milliseconds)
start_daemon "${settings[@]}"
limit "start over $count files with manifests, ms" $(($(milliseconds) - begin)) 2000
(($(jobs_at pending) >= count - 1)) || fail "not all are known after a start"
limit "highest memory of it, kB" "$(resident)" 61440
begin=$(milliseconds)
kill -HUP "$daemon"
sleep 1
ask /health >/dev/null
printf '%-52s %8s\n' "a reload, all options resolved anew, ms" $(($(milliseconds) - begin))
stop_daemon

# Nothing to do: everything is over.
find "$place/inbox" -name '*.moments.json' -exec sed -i 's/"status" : "[a-z]*"/"status" : "cancelled"/' {} +
start_daemon "${settings[@]}"
sleep 8
# Voluntary switches of each thread; those that end meanwhile slept until then.
threads() { grep -H '^voluntary_ctxt' /proc/"$daemon"/task/*/status 2>/dev/null | tr '/:' '  ' | awk '{ print $4, $NF }'; }
counts() { awk '/^(rchar|syscr):/ { print $2 }' "/proc/$daemon/io" | tr '\n' ' '; }
read -r bytes calls <<<"$(counts)"
threads >"$place/before"
memory=$(awk '/^VmRSS:/ { print $2 }' "/proc/$daemon/status")
sleep "$idle"
read -r bytes_after calls_after <<<"$(counts)"
wakes=$(awk 'NR == FNR { before[$1] = $2; next } { sum += $2 - before[$1] } END { print sum + 0 }' "$place/before" <(threads))
# Each wake-up takes the eight bytes of the descriptor that woke it; anything else would be a file.
limit "bytes read from files in $idle idle seconds" $((bytes_after - bytes - 8 * (calls_after - calls))) 0
limit "wake-ups in them" "$wakes" "$idle"
limit "growth in them, kB" $(($(awk '/^VmRSS:/ { print $2 }' "/proc/$daemon/status") - memory)) 256
((faults == 0)) || fail "$faults limits were passed"
