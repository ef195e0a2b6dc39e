#!/usr/bin/env bash
# Twenty videos at once over a real Samba server, the daemon killed in the middle: each must come out exactly once.
#
#   Tests/campaigns/smb.sh [COUNT]      default: 20; KEEP=1 leaves the folders
#
# Starts its own smbd on a free high port with a configuration of its own, and stops it at the end.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
count=${1:-20}
set_up samba smbclient
export PATH=$PATH:/usr/sbin

port=$((20000 + RANDOM % 20000))
mkdir "$place/smb"
cat >"$place/smb/smb.conf" <<CONF
[global]
server role = standalone server
map to guest = Bad User
guest account = $(id -un)
bind interfaces only = yes
interfaces = lo
smb ports = $port
disable netbios = yes
load printers = no
private dir = $place/smb
lock directory = $place/smb
state directory = $place/smb
cache directory = $place/smb
pid directory = $place/smb
ncalrpc dir = $place/smb/rpc
log file = $place/smb/log
[inbox]
path = $place/inbox
guest ok = yes
read only = no
CONF
smbd --foreground --no-process-group --configfile "$place/smb/smb.conf" >"$place/smb/out" 2>&1 &
server=$!
stop_all() {
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    tear_down
}
trap stop_all EXIT

smb() { smbclient -N -p "$port" //127.0.0.1/inbox -c "$1"; }
for ((tries = 0; tries < 100; tries++)); do
    if smb ls >/dev/null 2>&1; then break; fi
    kill -0 "$server" 2>/dev/null || fail "smbd stopped: $(tail -n 2 "$place/smb/out" "$place/smb/log" 2>/dev/null)"
    sleep 0.1
done

mkdir "$place/videos"
for ((index = 1; index <= count; index++)); do
    ffmpeg -nostdin -v error -y -f lavfi -i "testsrc2=s=320x180:r=25:d=8,hue=h=$((index * 17))" \
        -f lavfi -i "sine=f=$((200 + index * 20)):b=2:d=8" -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac \
        "$place/videos/clip-$index.mp4"
done

start_daemon '[Intake]' 'SettleTime=1s'
uploads=()
for ((index = 1; index <= count; index++)); do
    smb "put $place/videos/clip-$index.mp4 clip-$index.mp4" >/dev/null 2>&1 &
    uploads+=($!)
done
for upload in "${uploads[@]}"; do wait "$upload" || fail "an upload failed"; done

completed() {
    find "$place/inbox" -name '*.moments.json' -print0 \
        | xargs -0 -r jq -r 'select(.status == "completed") | .job_id' | sort -u | wc -l
}

# In the middle: some done, some not.
for ((tries = 0; tries < 1200; tries++)); do
    if (($(completed) >= count / 4)); then break; fi
    check_daemon
    sleep 0.25
done
echo "killing the daemon with $(completed) of $count completed"
kill -KILL "$daemon"
wait "$daemon" 2>/dev/null || true
start_daemon '[Intake]' 'SettleTime=1s'
wait_quiet 5 1800

done=$(completed)
results=$(find "$place/outbox" -path "$place/outbox/.momentsd" -prune -o -name manifest.json -printf '%h\n' | wc -l)
jobs=$(find "$place/outbox" -path "$place/outbox/.momentsd" -prune -o -name manifest.json -print0 \
    | xargs -0 -r jq -r .job_id | sort -u | wc -l)
same=0
for ((index = 1; index <= count; index++)); do
    if cmp -s "$place/videos/clip-$index.mp4" "$place/inbox/clip-$index.mp4"; then same=$((same + 1)); fi
done
echo "$count dropped, $done completed, $results results of $jobs jobs, $same sources untouched"
((done == count && results == count && jobs == count && same == count))
