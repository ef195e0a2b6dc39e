#!/usr/bin/env bash
# Jobs through a real Slurm: spread over 1, 2 and 4 places of work, with scancel, a cancelled video, a killed slurmd and a
# stop of the service in the middle.
#
#   MOMENTS_HARNESS=DIR Tests/campaigns/slurm.sh [COUNT]      default: 200; needs root
#
# DIR holds slurm-host, a private one-node cluster whose processors are only counted: each stands for a node. The work
# itself is a stand-in's of about a second, so that the figures tell what the way through Slurm costs.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/standin.sh"
[[ -n ${MOMENTS_HARNESS:-} ]] || fail "MOMENTS_HARNESS does not name the harness"
count=${1:-200}
set_up jq
slurm() { "$MOMENTS_HARNESS/slurm-host" -n momentsd "$@"; }
trap 'tear_down; slurm stop >/dev/null 2>&1 || true' EXIT
make_worker 0.3
settings=('[Intake]' 'SettleTime=200ms' '[Workers]' "Program=$place/worker"
    'Launcher=srun --quiet --job-name=momentsd --ntasks=1 --cpus-per-task=1' 'Memory=infinity' 'StopTimeout=10s')

# Begins anew, with so many places of work.
begin() {
    stop_daemon
    slurm stop >/dev/null 2>&1 || true
    slurm start --cpus "$1" 2>/dev/null
    SLURM_CONF=$(slurm conf)
    export SLURM_CONF
    rm -rf "$place"/{inbox,outbox,state} && mkdir "$place"/{inbox,outbox,state}
    : >"$place/starts"
}
fill() {
    local index
    for ((index = 1; index <= $1; index++)); do make_video "$place/inbox/clip-$index.ts" 200; done
}
with_status() {
    find "$place/inbox" -name '*.moments.json' -print0 | xargs -0 -r jq -r --arg status "$1" 'select(.status == $status) | .source.name' | wc -l
}
# Waits until a condition holds, which must come by itself.
until_true() {
    local tries
    for ((tries = 0; tries < 1200; tries++)); do
        if "$@"; then return 0; fi
        check_daemon
        sleep 0.25
    done
    fail "this never came to be: $*"
}
running() { (($(squeue -h -n momentsd -t running | wc -l) >= ${1:-1})); }
all_done() { (($(with_status completed) == $1)); }

faults=0
check() {
    local text=$1
    shift
    if "$@"; then echo "ok      $text"; else echo "FAILED  $text" && faults=$((faults + 1)); fi
}

for nodes in 1 2 4; do
    begin "$nodes"
    fill "$count"
    began=$EPOCHREALTIME
    start_daemon "${settings[@]}" "Count=$((nodes + 1))"
    until_true all_done "$count"
    awk -v from="$began" -v to="$EPOCHREALTIME" -v count="$count" -v nodes="$nodes" 'BEGIN {
        printf "%d jobs of a second on %d nodes: %.1f s, %.2f of what the work alone takes\n",
            count, nodes, to - from, (to - from) * nodes / count / 0.9 }'
    check "each exactly once on $nodes" judge
done

begin 2
echo 5 >"$place/pause"
fill 4
start_daemon "${settings[@]}" 'Count=3'
until_true running 2
scancel "$(squeue -h -n momentsd -t running -o %A | head -n 1)"
retried() { (($(find "$place/inbox" -name '*.moments.json' -print0 | xargs -0 -r jq -r 'select(.attempts > 1 or .next_attempt_at != null) | .job_id' | wc -l) == 1)); }
until_true retried
check "scancel costs one attempt of one video" retried

until_true running 2
working() { find "$place/inbox" -name '*.moments.json' -print0 | xargs -0 -r jq -r 'select(.status == "processing") | .source.name'; }
worker_of() { pgrep -f "^bash $place/worker" | wc -l; }
victim=$(working | head -n 1)
rm "$place/inbox/$victim"
gone() { [[ ! -e $place/inbox/$victim.moments.json ]]; }
until_true gone
check "a removed video's process ends on the node" until_true running 1

slurm fail slurmd
slurm heal 2>/dev/null
stop_daemon
free() { (($(squeue -h -n momentsd | wc -l) == 0)); }
for ((tries = 0; tries < 200; tries++)); do
    if free; then break; fi
    sleep 0.2
done
check "a stop of the service leaves no job in Slurm" free
check "… and no process on the node" test "$(worker_of)" = 0
echo 0.05 >"$place/pause"
find "$place/inbox" -name '*.moments.json' -print0 | xargs -0 -r jq -r 'select(.next_attempt_at != null) | .source.name' \
    | while IFS= read -r name; do rm "$place/inbox/$name.moments.json"; done
start_daemon "${settings[@]}" 'Count=3'
until_true all_done 3
check "after the next start all are done, each once" judge
exit $((faults > 0))
