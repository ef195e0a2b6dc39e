#!/usr/bin/env bash
# What the daemon does while there is nothing to do: wake-ups, calls that touch a file, growth.
#
#   Tests/campaigns/idle.sh [SECONDS]      default: 600; KEEP=1 leaves the folders
#
# A hundred finished videos in the inbox; looked at from the first second after the start. Limits: one wake-up a second,
# no call that names or reads a file (the reconcile comes later), 256 kB of growth.
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"
seconds=${1:-600}
set_up jq strace
make_worker 0
faults=0
settings=('[Intake]' 'SettleTime=300ms' 'ReconcileInterval=1d' '[Workers]' "Program=$place/worker" 'Count=2')
limit() {
    printf '%-60s %6s   (limit %s)\n' "$1" "$2" "$3"
    if (($2 > $3)); then faults=$((faults + 1)); fi
}
# Voluntary switches of each thread; those that end meanwhile slept until then.
threads() { grep -H '^voluntary_ctxt' /proc/"$daemon"/task/*/status 2>/dev/null | tr '/:' '  ' | awk '{ print $4, $NF }'; }
resident() { awk '/^VmRSS:/ { print $2 }' "/proc/$daemon/status"; }

for ((index = 0; index < 100; index++)); do make_video "$place/inbox/clip-$index.ts" 100; done
start_daemon "${settings[@]}"
for ((tries = 0; tries < 600; tries++)); do
    if (($(ask /health | jq -r '.jobs.completed // 0') >= 100)); then break; fi
    check_daemon
    sleep 0.2
done
stop_daemon
[[ $(jq -r .status "$place/inbox/clip-99.ts.moments.json") == completed ]] || fail "the videos were not done"

# In a mount table of its own, where there is one to be had: others' mounts are no idleness.
if unshare --mount true 2>/dev/null; then prefix=(unshare --mount --propagation private); fi
start_daemon "${settings[@]}"
sleep 1
memory=$(resident)
threads >"$place/before"
half=$((seconds / 2))
sleep $((seconds - half))
threads >"$place/after"
# The other half under a tracer, which would count as wake-ups itself.
strace -f -qq -e trace=%file,%stat,%fstat,%statfs,%fstatfs,getdents64,read,pread64,lseek -o "$place/calls" -p "$daemon" 2>/dev/null &
tracer=$!
sleep "$half"
kill "$tracer" 2>/dev/null || true
wait "$tracer" 2>/dev/null || true
wakes=$(awk 'NR == FNR { before[$1] = $2; next } { sum += $2 - before[$1] } END { print sum + 0 }' "$place/before" "$place/after")
calls=$(grep -cE 'open|stat|getdents|read|access|readlink|lseek' "$place/calls" || true)
limit "wake-ups in $((seconds - half)) s, from the first second after the start" "$wakes" $((seconds - half))
limit "calls that look at files in $half s" "$calls" 0
limit "growth in $seconds s, kB" $(($(resident) - memory)) 256
printf '%-60s %6s\n' "resident, kB" "$(resident)" "threads" "$(wc -l <"$place/after")"
((faults == 0)) || { sed 's/^/    /' "$place/calls" | head -n 20; fail "$faults limits were passed"; }
