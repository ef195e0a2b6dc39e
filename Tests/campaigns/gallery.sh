#!/usr/bin/env bash
# The page of all results with ten thousand of them: how long after a publish it is there, and how it works in Chromium.
#
#   Tests/campaigns/gallery.sh [COUNT [PICTURES]]
#
# Some of the results have names that try to become markup. PICTURES is a folder for pictures of the page.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
count=${1:-10000} pictures=${2:-}
set_up chromium
here=$root/Tests/campaigns
write_standin() {
    cat >"$place/worker" <<'SCRIPT'
#!/bin/sh
read -r spec
staging=$(printf %s "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
echo '{"event":"started","version":"1","pid":1}'
printf hello >"$staging/highlight.mp4"
echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}],"input_duration":5,"output_duration":3,"segments_selected":2}}'
SCRIPT
    chmod +x "$place/worker"
}
settings=('[Intake]' SettleTime=300ms '[Workers]' "Program=$place/worker")
memory() { awk '/^RssAnon/ { print int($2 / 1024) }' "/proc/$daemon/status"; }

write_standin
start_daemon "${settings[@]}"
echo first >"$place/inbox/first.mp4"
wait_quiet 1 30
stop_daemon
python3 "$here/gallery.py" fill "$place/outbox" "$count"
begin=$SECONDS
start_daemon "${settings[@]}"
# The whole of the page is written once all manifests are read.
until grep -q "<p>$((count + 1)) results</p>" "$place/outbox/index.html"; do
    check_daemon
    ((SECONDS - begin < 300)) || fail "the page is not filled after 300 s"
    sleep 0.2
done
printf 'filled with %d results it does not know in %d s; the daemon holds %d MB\n' "$count" $((SECONDS - begin)) "$(memory)"
stop_daemon
start_daemon "${settings[@]}"
printf 'started with all of them known: the daemon holds %d MB\n' "$(memory)"
faults=0
exec 3< <(python3 "$here/gallery.py" times "$place/outbox" 20 && echo fine)
read -r _ <&3
for ((number = 0; number < 20; number++)); do
    echo "film $number" >"$place/inbox/new $number.mp4"
    sleep 1
done
times=$(cat <&3)
printf '%s\n' "${times%fine}"
[[ $times == *fine ]] || faults=$((faults + 1))
python3 "$here/gallery.py" look "$place/outbox" ${pictures:+"$pictures"} || faults=$((faults + 1))
((faults == 0))
