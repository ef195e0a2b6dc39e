#!/usr/bin/env bash
# Every way in which files arrive, over the real programs: each must be started once, whole, not early, and soon.
#
#   Tests/campaigns/arrival.sh [GROUP…]      default: local rsync tool ssh smb nfs fuse exfat; KEEP=1 leaves the folders
#
# The groups from ssh to fuse need root and the test harness (MOMENTS_HARNESS=FOLDER, default: ../shared/harness beside the
# checkout). Prints for each way how long after its last byte the job began; the settle time is one second.
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"
harness=${MOMENTS_HARNESS:-$root/../shared/harness}
set_up jq rsync curl wget rclone libglib2.0-bin exfat-fuse exfatprogs
make_worker 0.01
faults=0 ways=0
close_all() {
    local host
    stop_daemon
    for host in ${hosts[@]+"${hosts[@]}"}; do "$harness/$host" stop >/dev/null 2>&1 || true; done
    "$harness/remote-fs" stop "$inbox" >/dev/null 2>&1 || true
    release_disk
    tear_down
}
release_disk() {
    [[ -n $disk ]] || return 0
    umount "$inbox" || true
    losetup --detach "$disk" || true
    disk=''
}
hosts=() disk=''
trap close_all EXIT
inbox=$place/inbox

# Three megabytes of MP4 with its index behind the data, and other contents of the same kind.
source_file() {
    ffmpeg -nostdin -v error -y -f lavfi -i "testsrc2=s=640x360:r=25:d=5,hue=h=$RANDOM,noise=alls=20:allf=t" \
        -c:v libx264 -preset ultrafast -b:v 5M -pix_fmt yuv420p "$1"
}
source_file "$place/src.mov"
size=$(stat -c %s "$place/src.mov") half=$((size / 2))

# Makes this way's own content: the bytes behind the index do not matter to a player.
begin() {
    way=$1 late=${2:-1.6}
    src=$place/src-$ways.mov
    ways=$((ways + 1))
    { cat "$place/src.mov"; printf '\0\0\0\20free%08d' "$ways"; } >"$src"
    digest=$(sha256sum "$src") digest=${digest%% *}
    size=$(stat -c %s "$src")
    : >"$place/starts"
}
# The last byte has been written NOW; NAME is to be started once, with this content.
finish() {
    local name=$1 ended=${2:-$EPOCHREALTIME} tries line count delay verdict=right
    for ((tries = 0; tries < ${3:-150}; tries++)); do
        if grep -q " $digest " "$place/starts"; then break; fi
        sleep 0.1
    done
    sleep 1.5
    count=$(grep -c " $name\$" "$place/starts" || true)
    line=$(grep -m 1 " $name\$" "$place/starts" || true)
    delay=$(awk -v start="${line%% *}" -v end="$ended" 'BEGIN { printf "%.2f", start - end }')
    if ((count != 1)); then verdict="WRONG: started $count times"
    elif [[ $line != *" $digest "* ]]; then verdict='WRONG: not whole'
    elif awk -v delay="$delay" 'BEGIN { exit !(delay < 0) }'; then verdict='WRONG: early'
    elif awk -v delay="$delay" -v late="$late" 'BEGIN { exit !(delay > late) }'; then verdict="late (more than $late s)"
    fi
    printf '%-52s %6s s   %s\n' "$way" "$delay" "$verdict"
    if [[ $verdict == WRONG* ]]; then
        faults=$((faults + 1))
        sed 's/^/    /' "$place/starts"
    fi
}
# Nothing new has arrived: no work is to be begun.
calm() {
    sleep "${1:-3}"
    if [[ -s $place/starts ]]; then
        printf '%-52s            WRONG: started\n' "$way"
        faults=$((faults + 1))
        sed 's/^/    /' "$place/starts"
    else
        printf '%-52s      -     right: nothing was begun\n' "$way"
    fi
}
first_half() { head -c $((size / 2)) "$src"; }
second_half() { tail -c +$((size / 2 + 1)) "$src"; }

local_ways() {
    begin 'cp'; cp "$src" "$inbox/cp.mov"; finish cp.mov
    begin 'cp over an existing file'; cp "$src" "$inbox/cp.mov"; finish cp.mov
    begin 'cp -p'; cp -p "$src" "$inbox/cpp.mov"; finish cpp.mov
    begin 'install -m 644'; install -m 644 "$src" "$inbox/install.mov"; finish install.mov
    begin 'mv, same file system'; cp "$src" "$place/mv.mov"; mv "$place/mv.mov" "$inbox/mv.mov"; finish mv.mov
    begin 'mv, another file system'; cp "$src" /dev/shm/far.mov; mv /dev/shm/far.mov "$inbox/far.mov"; finish far.mov
    begin 'mv over an existing file'; cp "$src" "$place/mv.mov"; mv "$place/mv.mov" "$inbox/mv.mov"; finish mv.mov
    begin 'ln (hard link)'; cp "$src" "$place/ln.mov"; ln "$place/ln.mov" "$inbox/ln.mov"; finish ln.mov
    begin 'dd bs=1M'; dd if="$src" of="$inbox/dd.mov" bs=1M status=none; finish dd.mov
    begin 'tar x'; cp "$src" "$place/tar.mov"; tar -C "$place" -c tar.mov | tar -C "$inbox" -x; finish tar.mov
    begin 'shell > and cat'; cat "$src" >"$inbox/shell.mov"; finish shell.mov
    begin 'written in two, open all the time, 2.5 s between'
    { first_half; sleep 2.5; second_half; } >"$inbox/open.mov"; finish open.mov
    begin 'written in two, closed for 2.5 s between'
    first_half >"$inbox/closed.mov"; sleep 2.5; second_half >>"$inbox/closed.mov"; finish closed.mov
    begin 'opened and closed twenty times'
    for ((part = 0; part < 20; part++)); do
        dd if="$src" of="$inbox/many.mov" bs=$((size / 20 + 1)) count=1 skip=$part seek=$part conv=notrunc status=none
        sleep 0.2
    done
    finish many.mov
    begin 'growing for five seconds'
    for ((part = 0; part < 20; part++)); do
        dd if="$src" bs=$((size / 20 + 1)) count=1 skip=$part status=none; sleep 0.25
    done >"$inbox/growing.mov"; finish growing.mov
    begin 'whole size first (ftruncate), closed half-way for 2.5 s'
    truncate -s "$size" "$inbox/sparse.mov"; dd if="$src" of="$inbox/sparse.mov" bs="$half" count=1 conv=notrunc status=none
    sleep 2.5; dd if="$src" of="$inbox/sparse.mov" bs=64K conv=notrunc status=none; finish sparse.mov
    begin 'fallocate first, written slowly'
    fallocate -l "$size" "$inbox/alloc.mov"
    for ((part = 0; part < 8; part++)); do
        dd if="$src" of="$inbox/alloc.mov" bs=$((size / 8 + 1)) count=1 skip=$part seek=$part conv=notrunc status=none
        sleep 0.4
    done
    finish alloc.mov
    begin 'written backwards, the index first'
    for ((part = 9; part >= 0; part--)); do
        dd if="$src" of="$inbox/back.mov" bs=$((size / 10 + 1)) count=1 skip=$part seek=$part conv=notrunc status=none
        sleep 0.25
    done
    finish back.mov
    begin 'O_TMPFILE and linkat'
    python3 - "$src" "$inbox" <<'PYTHON'
import os, sys
data = open(sys.argv[1], "rb").read()
fd = os.open(sys.argv[2], os.O_TMPFILE | os.O_RDWR, 0o644)
os.write(fd, data)
folder = os.open(sys.argv[2], os.O_RDONLY)
# Only with a folder's descriptor does Python ask for the link behind /proc to be followed.
os.link(f"/proc/self/fd/{fd}", "tmpfile.mov", dst_dir_fd=folder, follow_symlinks=True)
PYTHON
    finish tmpfile.mov
    begin 'through a mapping, without any write call'
    python3 - "$src" "$inbox/mapped.mov" <<'PYTHON'
import mmap, os, sys, time
data = open(sys.argv[1], "rb").read()
fd = os.open(sys.argv[2], os.O_CREAT | os.O_RDWR, 0o644)
os.ftruncate(fd, len(data))
view = mmap.mmap(fd, len(data))
os.close(fd)
half = len(data) // 2
view[:half] = data[:half]
time.sleep(2.5)
view[half:] = data[half:]
view.flush()
view.close()
PYTHON
    finish mapped.mov
    begin 'a child writes on after its parent closed'
    ({ first_half; sleep 2; second_half; } >"$inbox/child.mov") & wait $!; finish child.mov
    for suffix in .part .crdownload .tmp; do
        begin "NAME$suffix, then its name"
        { first_half; sleep 1.5; second_half; } >"$inbox/b$suffix.mov$suffix"; mv "$inbox/b$suffix.mov$suffix" "$inbox/b$suffix.mov"
        finish "b$suffix.mov"
    done
    begin 'browser: empty file, NAME.part, renamed over it'
    : >"$inbox/browser.mov"; { first_half; sleep 1.5; second_half; } >"$inbox/browser.mov.part"
    mv "$inbox/browser.mov.part" "$inbox/browser.mov"; finish browser.mov
    begin 'Syncthing-like temporary name'
    { first_half; sleep 1.5; second_half; } >"$inbox/.syncthing.sync.mov.tmp"; mv "$inbox/.syncthing.sync.mov.tmp" "$inbox/sync.mov"
    finish sync.mov
    begin 'editor-like: NAME~ renamed over'; cp "$src" "$inbox/editor.mov~"; mv "$inbox/editor.mov~" "$inbox/editor.mov"
    finish editor.mov
    begin 'with the litter of a Mac beside it'
    printf litter >"$inbox/._mac.mov"; printf litter >"$inbox/.DS_Store"; cp "$src" "$inbox/mac.mov"; finish mac.mov
    begin 'a tree moved in'; mkdir -p "$place/tree/a/b"; cp "$src" "$place/tree/a/b/deep.mov"; mv "$place/tree" "$inbox/tree"
    finish deep.mov
    begin 'a tree copied'; mkdir -p "$place/copy/a/b"; cp "$src" "$place/copy/a/b/cpr.mov"; cp -r "$place/copy" "$inbox/copy"
    finish cpr.mov
    begin 'folders made and filled at once'; mkdir -p "$inbox/x/y/z"; cp "$src" "$inbox/x/y/z/atonce.mov"; finish atonce.mov
    begin 'a writer killed half-way, then copied again'
    first_half >"$inbox/killed.mov"; sleep 3; cp "$src" "$inbox/killed.mov"; finish killed.mov
    begin 'chmod and chown after copying'
    cp "$src" "$inbox/rights.mov"; sleep 0.5; chmod 600 "$inbox/rights.mov"; sleep 0.3; chmod 644 "$inbox/rights.mov"
    finish rights.mov
    begin 'cp --remove-destination'; cp --remove-destination "$src" "$inbox/rights.mov"; finish rights.mov
    begin 'fallocate --keep-size first, written slowly'
    : >"$inbox/keep.mov"; fallocate --keep-size -l "$size" "$inbox/keep.mov"
    for ((part = 0; part < 5; part++)); do
        dd if="$src" of="$inbox/keep.mov" bs=$((size / 5 + 1)) count=1 skip=$part seek=$part conv=notrunc status=none
        sleep 0.4
    done
    finish keep.mov
    begin 'O_DIRECT'; dd if="$src" of="$inbox/direct.mov" bs=1M oflag=direct iflag=fullblock status=none; finish direct.mov
    begin 'sendfile'
    python3 -c 'import os, sys
with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    while os.sendfile(target.fileno(), source.fileno(), None, 1 << 20): pass' "$src" "$inbox/send.mov"; finish send.mov
    begin 'O_TMPFILE, linked half-way'
    python3 - "$src" "$inbox" <<'PYTHON'
import os, sys, time
data = open(sys.argv[1], "rb").read()
fd = os.open(sys.argv[2], os.O_TMPFILE | os.O_RDWR, 0o644)
folder = os.open(sys.argv[2], os.O_RDONLY)
os.write(fd, data[:len(data) // 2])
os.link(f"/proc/self/fd/{fd}", "halflink.mov", dst_dir_fd=folder, follow_symlinks=True)
time.sleep(2.5)
os.write(fd, data[len(data) // 2:])
PYTHON
    finish halflink.mov
    begin 'hard-linked half-way, the rest written through the other name' 2.6
    first_half >"$place/other.mov"; ln "$place/other.mov" "$inbox/linked.mov"; sleep 3; second_half >>"$place/other.mov"
    finish linked.mov
    begin 'swapped with another (RENAME_EXCHANGE)'
    cp "$src" "$place/swap.mov"
    python3 -c 'import ctypes, sys
assert ctypes.CDLL(None).renameat2(-100, sys.argv[1].encode(), -100, sys.argv[2].encode(), 2) == 0' "$place/swap.mov" "$inbox/send.mov"
    finish send.mov
    begin 'through a bind mount of the inbox'
    mkdir "$place/bind"
    if mount --bind "$inbox" "$place/bind" 2>/dev/null; then cp "$src" "$place/bind/bound.mov"; umount "$place/bind"
    else cp "$src" "$inbox/bound.mov"; fi
    finish bound.mov
    begin 'into a folder that was just renamed'
    mkdir "$inbox/old name"; sleep 0.5; mv "$inbox/old name" "$inbox/new name"; cp "$src" "$inbox/new name/renamed.mov"
    finish renamed.mov
    begin 'into a folder that was removed and made again'
    rm -r "$inbox/new name"; mkdir "$inbox/new name"; cp "$src" "$inbox/new name/remade.mov"; finish remade.mov
    begin 'appended to twice with >>'
    head -c 1000000 "$src" >"$inbox/append.mov"; sleep 0.3; dd if="$src" bs=1000000 skip=1 count=1 status=none >>"$inbox/append.mov"
    sleep 0.3; tail -c +2000001 "$src" >>"$inbox/append.mov"; finish append.mov
    begin 'overwritten in place, as long as before'
    cp "$src" "$inbox/append.mov.part"; dd if="$inbox/append.mov.part" of="$inbox/append.mov" bs=256K conv=notrunc status=none
    finish append.mov
    begin 'as a muxer: the head again at the end'
    { head -c 64 /dev/zero; tail -c +65 "$src"; } >"$inbox/mux.mov"
    dd if="$src" of="$inbox/mux.mov" bs=64 count=1 conv=notrunc status=none; finish mux.mov
    begin 'emptied, then written again'; : >"$inbox/mux.mov"; sleep 1.5; cat "$src" >"$inbox/mux.mov"; finish mux.mov
    begin 'touched, opened without a change, given an attribute'
    touch "$inbox/mux.mov"; : >>"$inbox/mux.mov"; chmod 640 "$inbox/mux.mov"
    python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.note", b"seen")' "$inbox/mux.mov"; calm
    begin 'read by somebody'; cat "$inbox/mux.mov" >/dev/null; calm
    begin 'renamed, and moved to another folder'
    mkdir "$inbox/elsewhere"; mv "$inbox/mux.mov" "$inbox/elsewhere/moved.mov"; mv "$inbox/elsewhere/moved.mov" "$inbox/carried.mov"; calm
    begin 'moved out of the inbox while it settles'; cp "$src" "$inbox/out.mov"; sleep 0.4; mv "$inbox/out.mov" "$place/out.mov"; calm
    begin 'copied, then removed at once'; cp "$src" "$inbox/gone.mov"; rm "$inbox/gone.mov"; calm
    begin 'a folder copied while the service is busy'
    mkdir -p "$place/busy/deep"; cp "$src" "$place/busy/deep/busy.mov"
    kill -STOP "$daemon"; cp -r "$place/busy" "$inbox/busy"; sleep 1; kill -CONT "$daemon"; finish busy.mov
    begin 'a folder made and removed while the service is busy'
    kill -STOP "$daemon"; mkdir "$inbox/brief"; cp "$src" "$inbox/brief/"; rm -r "$inbox/brief"; kill -CONT "$daemon"; calm
    begin 'a folder moved out, then written to'; mv "$inbox/busy" "$place/busy-out"; cp "$src" "$place/busy-out/deep/out.mov"; calm
    begin 'the inbox moved away, a new one made'
    mv "$inbox" "$place/away"; mkdir "$inbox"; sleep 0.5; cp "$src" "$inbox/anew.mov"; cp "$src" "$place/away/other.mov"
    finish anew.mov
    begin 'the old inbox put back'; mv "$inbox" "$place/new"; mv "$place/away" "$inbox"; rm "$inbox/other.mov"; calm 5
    cp "$src" "$inbox/later.mov"; finish later.mov
    begin 'renamed while it settles'; cp "$src" "$inbox/before.mov"; sleep 0.6; mv "$inbox/before.mov" "$inbox/after.mov"
    finish after.mov
}
rsync_ways() {
    local option
    for option in '' -a --inplace '-a --preallocate' '-a --delay-updates' '-a --partial-dir=.rsync-partial' '-a --bwlimit=1500'; do
        begin "rsync $option"
        cp "$src" "$place/rsync-$ways.mov"
        # shellcheck disable=SC2086
        rsync $option "$place/rsync-$ways.mov" "$inbox/"
        finish "rsync-$ways.mov"
    done
    begin 'rsync --inplace over an existing file'
    cp "$src" "$place/rsync-2.mov"; cp "$place/src.mov" "$inbox/inplace.mov"; sleep 4; : >"$place/starts"
    rsync --inplace "$place/rsync-2.mov" "$inbox/inplace.mov"; finish inplace.mov
    begin 'rsync --partial killed half-way, then resumed'
    cp "$src" "$place/resume.mov"
    timeout 1 rsync --partial --bwlimit=1000 "$place/resume.mov" "$inbox/" 2>/dev/null || true
    sleep 2.5; rsync --append-verify "$place/resume.mov" "$inbox/"; finish resume.mov
    begin 'rsync -a over an existing file'; cp "$src" "$place/resume.mov"; rsync -a "$place/resume.mov" "$inbox/"; finish resume.mov
    begin 'rsync -a, the same with another time, and nothing to do'
    : >"$place/starts"; touch "$place/resume.mov"; rsync -a "$place/resume.mov" "$inbox/"; rsync -a "$place/resume.mov" "$inbox/"; calm
    begin 'rsync, killed half-way with all its processes'
    cp "$src" "$place/lost.mov"
    setsid rsync --bwlimit=1000 "$place/lost.mov" "$inbox/" & sleep 1; kill -KILL -- "-$!"; wait "$!" 2>/dev/null || true; calm
}
of_ssh() { awk -v key="$1" '$1 == key { print $2 }' "$("$harness/sshd-host" config)"; }
ssh_ways() {
    local ssh=$harness/sshd-host
    hosts+=(sshd-host)
    "$ssh" start >/dev/null
    begin 'scp'; "$ssh" scp "$src" "host:$inbox/scp.mov" >/dev/null; finish scp.mov
    begin 'scp -O'; "$ssh" scp -O "$src" "host:$inbox/scpo.mov" >/dev/null; finish scpo.mov
    begin 'scp -p, slow'; "$ssh" scp -p -l 8000 "$src" "host:$inbox/scpp.mov" >/dev/null; finish scpp.mov
    begin 'sftp put'; printf 'put %s %s\n' "$src" "$inbox/sftp.mov" | "$ssh" sftp -b - host >/dev/null; finish sftp.mov
    begin 'sftp put NAME.part, rename'
    printf 'put %s %s\nrename %s %s\n' "$src" "$inbox/sftpp.mov.part" "$inbox/sftpp.mov.part" "$inbox/sftpp.mov" | "$ssh" sftp -b - host >/dev/null
    finish sftpp.mov
    begin 'sftp reput of what broke off half-way'
    first_half >"$inbox/reput.mov"; sleep 2.5; printf 'reput %s %s\n' "$src" "$inbox/reput.mov" | "$ssh" sftp -b - host >/dev/null
    finish reput.mov
    begin 'scp over an existing file'; "$ssh" scp "$src" "host:$inbox/reput.mov" >/dev/null; finish reput.mov
    begin 'rclone copyto over sftp'
    rclone -q --config '' copyto "$src" ":sftp:$inbox/rclonesftp.mov" --sftp-host 127.0.0.1 --sftp-user root \
        --sftp-port "$(of_ssh Port)" --sftp-key-file "$(of_ssh IdentityFile)"
    finish rclonesftp.mov
    begin 'rsync -a over ssh'; cp "$src" "$place/overssh.mov"; "$ssh" rsync -a "$place/overssh.mov" "host:$inbox/" >/dev/null
    finish overssh.mov
    begin 'scp, connection lost half-way, then again'
    "$ssh" scp -l 8000 "$src" "host:$inbox/lost.mov" >/dev/null 2>&1 & sleep 1.5; "$ssh" drop >/dev/null 2>&1 || true
    wait $! || true
    sleep 2.5; "$ssh" scp "$src" "host:$inbox/lost.mov" >/dev/null; finish lost.mov
    "$ssh" stop >/dev/null
}
tool_ways() {
    begin 'curl -o'; curl -s -o "$inbox/curl.mov" "file://$src"; finish curl.mov
    begin 'curl -o NAME.part, slow, then its name'
    curl -s --limit-rate 1500K -o "$inbox/curlp.mov.part" "file://$src"; mv "$inbox/curlp.mov.part" "$inbox/curlp.mov"; finish curlp.mov
    begin 'gio move, another file system'; cp "$src" /dev/shm/gio.mov; gio move /dev/shm/gio.mov "$inbox/giomove.mov"; finish giomove.mov
    begin 'gio copy'; gio copy "$src" "$inbox/gio.mov"; finish gio.mov
    begin 'gio copy over an existing file'; gio copy "$src" "$inbox/gio.mov"; finish gio.mov
    begin 'gio save'; gio save "$inbox/giosave.mov" <"$src"; finish giosave.mov
    begin 'gio save over an existing file'; gio save "$inbox/giosave.mov" <"$src"; finish giosave.mov
    begin 'rclone copyto'; rclone -q --config '' copyto "$src" "$inbox/rclone.mov"; finish rclone.mov
    begin 'rclone copyto over an existing file'; rclone -q --config '' copyto "$src" "$inbox/rclone.mov"; finish rclone.mov
    begin 'wget -O'
    python3 -m http.server --bind 127.0.0.1 --directory "$place" 0 >"$place/http" 2>&1 & local server=$! port=''
    while [[ -z $port ]]; do sleep 0.1; port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$place/http"); done
    wget -q -O "$inbox/wget.mov" "http://127.0.0.1:$port/${src##*/}"; finish wget.mov
    kill "$server"
}
smb_ways() {
    local smb=$harness/samba-host kind
    hosts+=(samba-host)
    "$smb" start "$inbox" "$place/outbox" --max-write 65536 >/dev/null
    begin 'smbclient put'; "$smb" put "$src" inbox smb.mov >/dev/null; finish smb.mov
    begin 'smbclient put, 1500 KiB/s'; "$smb" put "$src" inbox slow.mov --rate 1500 >/dev/null; finish slow.mov
    begin 'smbclient put, rename'; "$smb" put "$src" inbox first.mov.part >/dev/null; "$smb" smb inbox 'rename first.mov.part second.mov' >/dev/null
    finish second.mov
    begin 'SMB rename over an existing file'
    "$smb" put "$src" inbox third.mov.part >/dev/null; "$smb" smb inbox 'rename third.mov.part second.mov -f' >/dev/null; finish second.mov
    begin 'DOS attributes'; "$smb" smb inbox 'setmode second.mov +r; setmode second.mov -r' >/dev/null; calm
    begin 'smbclient put, then del'; "$smb" put "$src" inbox del.mov >/dev/null; "$smb" smb inbox 'del del.mov' >/dev/null; calm
    begin 'smbclient mkdir, put into it'
    "$smb" smb inbox 'mkdir made' >/dev/null; "$smb" put "$src" inbox 'made\\in.mov' >/dev/null; finish in.mov
    begin 'smbclient put over an existing file'; "$smb" put "$src" inbox smb.mov >/dev/null; finish smb.mov
    begin 'SMB copy on the server'; cp "$src" "$inbox/.scopy.part"; "$smb" smb inbox 'scopy .scopy.part scopy.mov' >/dev/null; finish scopy.mov
    for kind in explorer plain temp hold replace; do
        begin "Windows: $kind"
        "$smb" win "$kind" "$src" "win-$kind.mov" 0.3 >/dev/null; finish "win-$kind.mov"
    done
    begin 'Windows: aborted with its whole size, then copied again'
    "$smb" win abort "$src" abort.mov 0.2 >/dev/null 2>&1 || true
    sleep 3.5; "$smb" win explorer "$src" abort.mov 0.05 >/dev/null; finish abort.mov
    begin 'smbclient put, connection lost, then again'
    "$smb" put "$src" inbox cut.mov --rate 1500 --kill-after 1500 >/dev/null 2>&1 || true
    sleep 2.5; "$smb" put "$src" inbox cut.mov >/dev/null; finish cut.mov
    "$smb" stop >/dev/null
    "$smb" start "$inbox" "$place/outbox" --conf 'vfs objects = catia fruit streams_xattr' --conf 'strict allocate = yes' >/dev/null
    begin 'smbclient put, a server for Macs'; "$smb" put "$src" inbox fruit.mov >/dev/null; finish fruit.mov
    for kind in explorer stream; do
        begin "Windows: $kind, space allocated"
        "$smb" win "$kind" "$src" "alloc-$kind.mov" 0.3 >/dev/null; finish "alloc-$kind.mov"
    done
    "$smb" stop >/dev/null
}
nfs_ways() {
    local nfs=$harness/nfs-host
    hosts+=(nfs-host)
    "$nfs" start "$inbox" >/dev/null
    # The server keeps the file open for minutes, and tells nothing when it closes it.
    begin 'NFS server in user space'; "$nfs" put "$src" nfs.mov >/dev/null; finish nfs.mov "$EPOCHREALTIME" 600
    # The server still has it open: what is overwritten in place looks whole all the time.
    begin 'NFS server in user space, written over on the server' 35; cat "$src" >"$inbox/nfs.mov"; finish nfs.mov "$EPOCHREALTIME" 600
    begin 'NFS server in user space, broken off, then copied'
    ffmpeg -nostdin -v error -stream_loop 80 -i "$place/src.mov" -c copy "$place/large.mov"
    "$nfs" put "$place/large.mov" again.mov --kill-after 0.15 >/dev/null || true
    # The client makes new files only, and the server remembers the name.
    sleep 3; cp "$src" "$inbox/again.mov"; finish again.mov "$EPOCHREALTIME" 600
    "$nfs" stop >/dev/null
}
fuse_ways() {
    stop_daemon
    # Another inbox under the same path: what is remembered of the old one would stand in its way.
    rm -rf "$inbox" "$place/state"
    mkdir -p "$place/backing" "$inbox" "$place/state"
    "$harness/remote-fs" start "$place/backing" "$inbox" --kind bindfs >/dev/null
    start_daemon "${settings[@]}" 'PollInterval=2s'
    ask /health | jq -r '"    watched by \(.watch[0].mode): \(.watch[0].reason)"'
    begin 'FUSE mount, written through it' 4; cp "$src" "$inbox/through.mov"; finish through.mov
    begin 'FUSE mount, changed behind it' 5; cp "$src" "$place/backing/behind.mov"; finish behind.mov
    begin 'FUSE mount, in two with 3 s between, behind it' 5
    first_half >"$place/backing/two.mov"; sleep 3; second_half >>"$place/backing/two.mov"; finish two.mov
    stop_daemon
    "$harness/remote-fs" stop "$inbox" >/dev/null
}
# Case does not count there: a name that changes only in case is the same file, and stays one job.
exfat_ways() {
    stop_daemon
    rm -rf "$inbox" "$place/state"
    mkdir -p "$inbox" "$place/state"
    truncate -s 64M "$place/exfat"
    mkfs.exfat "$place/exfat" >/dev/null
    disk=$(losetup --find --show "$place/exfat")
    mount.exfat-fuse "$disk" "$inbox" >/dev/null
    start_daemon "${settings[@]}" 'PollInterval=2s'
    begin 'exFAT' 4; cp "$src" "$inbox/Beach.mov"; finish Beach.mov
    begin 'exFAT: renamed in case only'; : >"$place/starts"; mv "$inbox/Beach.mov" "$inbox/beach.MOV"; calm 5
    [[ $(jq -r .source.name "$inbox/beach.MOV.moments.json") == beach.MOV && ! -e $place/outbox/beach ]] \
        || { echo '    WRONG: the job did not go along'; faults=$((faults + 1)); }
    stop_daemon
    release_disk
}

settings=('[Workers]' "Program=$place/worker" '[Intake]' 'SettleTime=1s' 'Duplicates=process')
start_daemon "${settings[@]}"
groups=("$@")
((${#groups[@]} > 0)) || groups=(local rsync tool ssh smb nfs fuse exfat)
for group in "${groups[@]}"; do
    [[ $group =~ ^(local|rsync|tool|exfat)$ || -x $harness/fault ]] || fail "the test harness is not in $harness"
    "${group}_ways"
done
stop_daemon
echo "$ways ways, $faults wrong"
((faults == 0))
