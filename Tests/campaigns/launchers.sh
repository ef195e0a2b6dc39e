#!/usr/bin/env bash
# Commands put before the worker's own (`[Workers] Launcher=`): nice, systemd-run and podman, each with the real worker. A job
# is done through each; a video that is removed, and a stop of the service, end what works on it, wherever that is; a worker
# that is killed costs one attempt.
#
#   MOMENTS_HARNESS=DIR Tests/campaigns/launchers.sh [nice] [scope] [pipe] [podman]      default: all; needs root
#
# DIR holds systemd-host, a systemd of its own, in which the daemon runs for scope and pipe. podman takes this machine's own
# files, copied on write, for the container's, so that no image is needed.
# Functions are called by check and until_true.
# shellcheck disable=SC2317
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
set_up jq ffmpeg podman runc
host() { "$MOMENTS_HARNESS/systemd-host" -n momentsd-launchers "$@"; }
trap 'tear_down; if [[ -n ${MOMENTS_HARNESS:-} ]]; then host stop >/dev/null 2>&1 || true; fi' EXIT
launchers=("$@")
((${#launchers[@]} > 0)) || launchers=(nice scope pipe podman)

faults=0
check() {
    local text=$1
    shift
    if "$@"; then echo "ok      $text"; else echo "FAILED  $text" && faults=$((faults + 1)); fi
}
# Waits until a condition holds, which must come by itself.
until_true() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        if "$@"; then return 0; fi
        sleep 0.2
    done
    echo "this never came to be: $*" >&2
    return 1
}
has_status() { [[ $(jq -r .status "$place/inbox/$1.moments.json" 2>/dev/null) == "$2" ]]; }
costs_an_attempt() { jq -e '.attempts > 1 or .next_attempt_at != null' "$place/inbox/$1.moments.json" >/dev/null; }
# The worker itself, not what was put before it.
workers() { pgrep -x moments-worker | while read -r number; do
    if [[ $(ps -o args= -p "$number") == "$place/moments-worker"* ]]; then echo "$number"; fi
done; }
nobody_works() { [[ -z $(workers) ]]; }
somebody_works() { [[ -n $(workers) ]]; }
fill() { cp "$place/$1" "$place/inbox/new.part" && mv "$place/inbox/new.part" "$place/inbox/$2"; }

cp "$programs/momentsd" "$programs/moments-worker" "$place"
programs=$place
ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=320x180:d=6:r=25 -f lavfi -i sine=440:d=6 -c:v libx264 -preset ultrafast \
    -c:a aac "$place/short.mp4"
# Long enough for whatever befalls its worker.
ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=1280x720:d=20:r=25 -c:v libx264 -preset ultrafast -g 1 "$place/part.mp4"
for ((part = 0; part < 15; part++)); do echo "file '$place/part.mp4'"; done >"$place/list"
ffmpeg -nostdin -v error -f concat -safe 0 -i "$place/list" -c copy "$place/long.mp4"

for launcher in "${launchers[@]}"; do
    prefix=()
    case $launcher in
    nice) words='nice -n 19 ionice -c 3' ;;
    scope) words='systemd-run --quiet --scope --property=MemoryMax=2G --property=CPUQuota=150%' ;;
    pipe) words='systemd-run --quiet --pipe --wait --collect --property=MemoryMax=2G --property=PrivateNetwork=yes' ;;
    podman)
        words="podman --runtime runc --cgroup-manager=cgroupfs run --rm --interactive --network=none"
        words+=" --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 --volume $place:$place --rootfs /:O"
        ;;
    *) fail "there is no launcher '$launcher'; there are: nice, scope, pipe, podman" ;;
    esac
    if [[ $launcher == scope || $launcher == pipe ]]; then
        [[ -n ${MOMENTS_HARNESS:-} ]] || fail "MOMENTS_HARNESS does not name the harness"
        host start --bind "$place:$place" >/dev/null 2>&1
        prefix=(host run)
    fi
    rm -rf "$place"/{inbox,outbox,state} && mkdir "$place"/{inbox,outbox,state}
    begin() {
        start_daemon '[Intake]' 'SettleTime=200ms' '[Highlight]' 'Analysis=full' '[Workers]' "Program=$place/moments-worker" \
            "Launcher=$words" 'Memory=infinity' 'StopTimeout=10s'
    }
    begin
    began=$EPOCHREALTIME
    fill short.mp4 short.mp4
    check "$launcher: a job is done" until_true has_status short.mp4 completed
    awk -v launcher="$launcher" -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN {
        printf "        %s: %.1f s from the drop to the result\n", launcher, to - from }'
    fill long.mp4 gone.mp4
    until_true somebody_works
    rm "$place/inbox/gone.mp4"
    check "$launcher: a removed video ends its worker" until_true nobody_works
    fill long.mp4 killed.mp4
    until_true somebody_works
    workers | xargs -r kill -KILL
    check "$launcher: a killed worker costs one attempt" until_true costs_an_attempt killed.mp4
    rm "$place/inbox/killed.mp4"
    until_true nobody_works
    fill long.mp4 stopped.mp4
    until_true somebody_works
    # With "host run" before it, the daemon itself is told, as systemd would.
    pgrep -f "^$place/momentsd --config" | xargs -r kill -TERM
    wait "$daemon" || true
    daemon=''
    check "$launcher: a stop leaves no worker" until_true nobody_works
    check "$launcher: … and its job waits for the next start" has_status stopped.mp4 pending
    if [[ ${prefix[*]} == 'host run' ]]; then host stop >/dev/null 2>&1 || true; fi
done
exit $((faults > 0))
