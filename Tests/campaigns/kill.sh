#!/usr/bin/env bash
# Kills at random instants (the daemon, a worker, both) over a stream of arriving files: each must come out exactly once.
#
#   Tests/campaigns/kill.sh [KILLS [SEED]]      default: 100 1; KEEP=1 leaves the folders
#
# Every other kill brings a new file. A stand-in works instead of moments-worker, so that most instants fall between
# two steps of the service. What failed because its worker was killed is tried again at once with `moments retry`.
# ALBUMS=1 has them come in folders of six, each of which has a reel of all its files besides.
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"
kills=${1:-100}
RANDOM=${2:-1}
set_up jq
make_worker 0.15
settings=('[Intake]' 'SettleTime=200ms' '[Workers]' "Program=$place/worker" 'Count=2')
if [[ -n ${ALBUMS:-} ]]; then settings+=('[Intake]' 'Quiet=400ms' '[Folders]' 'Albums=all'); fi
begin=$SECONDS

retry() { "$programs/moments" retry --all-failed --config "$place/momentsd.conf" >/dev/null 2>&1 || true; }
workers() { pgrep -P "$daemon" || true; }

start_daemon "${settings[@]}"
made=0 daemons=0 killed=0
for ((round = 1; round <= kills; round++)); do
    if ((round % 2)); then
        made=$((made + 1))
        into=$place/inbox
        if [[ -n ${ALBUMS:-} ]]; then into+=/day-$(((made + 5) / 6)); mkdir -p "$into"; fi
        make_video "$place/new" $((RANDOM * 8))
        case $((RANDOM % 3)) in
            0) mv "$place/new" "$into/clip-$made.ts" ;;
            1) cp "$place/new" "$into/clip-$made.ts" ;;
            2) { head -c 1000 "$place/new"; sleep 0.05; tail -c +1001 "$place/new"; } >"$into/clip-$made.ts" & ;;
        esac
    fi
    sleep "0.$((RANDOM % 90 + 10))"
    victim=$((RANDOM % 3))
    if ((victim != 0)); then
        for worker in $(workers); do
            kill -KILL -- "-$worker" 2>/dev/null && killed=$((killed + 1))
            break
        done
    fi
    if ((victim != 1)); then
        kill -KILL "$daemon"
        wait "$daemon" 2>/dev/null || true
        daemons=$((daemons + 1))
        start_daemon "${settings[@]}"
    fi
    if ((round % 10 == 0)); then retry; fi
done
wait_all() {
    local tries
    for ((tries = 0; tries < 600; tries++)); do
        retry
        if (($(ask '/jobs?limit=1&status=completed' | jq -r '.total // 0') >= made)) && judge >/dev/null; then return; fi
        check_daemon
        sleep 0.5
    done
}
wait_all
sleep 1
stop_daemon
echo "$kills instants, $daemons daemons and $killed workers killed, $(wc -l <"$place/starts") starts, $((SECONDS - begin)) s"
judge || fail "not every file came out exactly once"
