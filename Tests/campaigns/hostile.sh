#!/usr/bin/env bash
# A hostile user on the share: what is put into the inbox to lead the service astray, to stop it, or to be read by it.
#
#   Tests/campaigns/hostile.sh [CASE…]      default: all of them; KEEP=1 leaves the folders
#
# All along the status socket has to answer within a second; memory stays below a bound; nothing outside the inbox is
# read, written or removed; and an honest video is done after each case, once.
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=Tests/campaigns/daemon.sh
source "$here/daemon.sh"
# shellcheck source=Tests/campaigns/standin.sh
source "$here/standin.sh"
set_up jq
make_worker 0.02
faults=0
inbox=$place/inbox outside=$place/outside
mkdir "$outside"

wrong() {
    printf '    WRONG: %s\n' "$1"
    faults=$((faults + 1))
}
# Asks every half second until told to stop, and keeps the slowest answer, in milliseconds.
watch_answers() {
    local began took slowest=0
    while [[ -d $place && ! -e $place/enough ]]; do
        began=${EPOCHREALTIME/[.,]/}
        curl -s --max-time 20 --unix-socket "$place/status.sock" http://localhost/health >/dev/null \
            || [[ -e $place/restarting ]] || slowest=20000
        took=$(((${EPOCHREALTIME/[.,]/} - began) / 1000))
        if ((took > slowest)); then slowest=$took; fi
        sleep 0.5
    done
    echo "$slowest" >"$place/slowest"
}
# Drops an honest video and waits for its end: what lies beside it must not hold it back for more than LIMIT seconds.
honest() {
    local limit=${1:-20} tries name=honest-$RANDOM.ts
    make_video "$place/$name"; mv "$place/$name" "$inbox/$name"
    for ((tries = 0; tries < limit * 10; tries++)); do
        if [[ $(jq -r .status "$inbox/$name.moments.json" 2>/dev/null) == completed ]]; then break; fi
        sleep 0.1
    done
    ((tries < limit * 10)) || wrong "an honest video is not done within $limit s"
    check_daemon
}
# Removes a folder of the inbox; the service may write a manifest into it meanwhile.
take_away() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        if rm -rf "$1" 2>/dev/null; then return; fi
        sleep 0.2
    done
    wrong "$1 cannot be removed"
}
field() { jq -r "$1" "$(manifest_of "$inbox/$2")" 2>/dev/null || true; }
# Waits until a field of a manifest has a value.
expect() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        if [[ $(field "$1" "$2") == "$3" ]]; then return; fi
        sleep 0.1
    done
    wrong "$1 of $2 is '$(field "$1" "$2")', not '$3'"
}

names() {
    local name
    for name in $'line\nbreak.ts' $'\e]0;title\a\e[2J.ts' '--help.ts' '$(touch pwned).ts' '`touch pwned`.ts' '; touch pwned.ts' \
        '*.ts' '%s%n.ts' $'\u202egpj.ts' "$(printf 'n%.0s' {1..252}).ts" 'CON.ts' 'a:b.ts' 'back\slash.ts'; do
        make_video "$place/one"; mv -- "$place/one" "$inbox/$name"
        expect .status "$name" completed 2>/dev/null || true
    done
    if grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$place/momentsd.log"; then wrong 'the log has control characters'; fi
    ask '/jobs?limit=1000' | jq -e . >/dev/null || wrong '/jobs is no JSON'
    [[ -z $(find "$place" / -maxdepth 1 -name pwned) ]] || wrong 'a name was run as a command'
}
special() {
    mkfifo "$inbox/pipe.ts" "$inbox/pipe.ts.request.json"
    python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$inbox/socket.ts"
    mknod "$inbox/zero.ts" c 1 5 2>/dev/null || true
    ln -s /dev/zero "$inbox/device.ts"; ln -s "$inbox/self.ts" "$inbox/self.ts"; ln -s . "$inbox/round"
    mkdir -p "$inbox/folder.mp4" "$inbox/odd.ts.moments.json/in" "$inbox/odd2.ts.request.json"
    make_video "$inbox/folder.mp4/inside.ts"; make_video "$inbox/odd.ts"; make_video "$inbox/odd2.ts"
    expect .status folder.mp4/inside.ts completed
    expect .status odd.ts completed
    expect .error.error odd2.ts InvalidRequest
    expect .error.error device.ts UnsupportedFormat
    [[ -d $inbox/odd.ts.moments.json.broken-1 ]] || wrong 'what stood in place of the manifest was not put aside'
}
large() {
    make_video "$inbox/wish.ts"; truncate -s 1G "$inbox/wish.ts.request.json"
    make_video "$inbox/known.ts"; { printf '{"schema":"momentsd.manifest/1","message":"'; head -c 1G /dev/zero | tr '\0' x; } >"$inbox/known.ts.moments.json"
    truncate -s 4T "$inbox/sparse.ts" 2>/dev/null || truncate -s 1T "$inbox/sparse.ts"
    { printf '\0\0\0\1ftypisom'; printf '\0\0\0\0\0\0\0\20'; } >"$inbox/boxes.mp4"
    # A box that claims to be as large as numbers get, and a thousand boxes in each other.
    printf '\0\0\0\1mdat\177\377\377\377\377\377\377\377' >"$inbox/endless.mp4"
    python3 -c 'import struct, sys
data = b""
for depth in range(4000): data = struct.pack(">I4s", 8 + len(data), b"moov") + data
open(sys.argv[1], "wb").write(struct.pack(">I4s", 16, b"ftypisom"[:4]) + b"isom\0\0\0\0" + data)' "$inbox/nested.mp4"
    expect .error.error wish.ts InvalidRequest
    expect .status known.ts completed
    expect .status sparse.ts uploading
    rm "$inbox/wish.ts.request.json" "$inbox"/known.ts* "$inbox/sparse.ts"
}
planted() {
    local text index
    honest
    text=$(find "$inbox" -name 'honest-*.json' -print -quit)
    text=$(jq -c '.message = ("x" * 900000) | .job_id = "018bcfe5-6800-7000-8000-000000000000"' "$text")
    mkdir "$place/plants"
    for ((index = 0; index < 1500; index++)); do printf '%s' "$text" >"$place/plants/none-$index.ts.moments.json"; done
    mv "$place/plants" "$inbox/plants"
    honest 60
    # Reading its configuration again, it compares everything.
    for ((index = 0; index < 3; index++)); do kill -HUP "$daemon"; sleep 1; done
    honest 30
    take_away "$inbox/plants"
}
# Names are given to other files all the time; here the real worker works, which follows no link.
swapped() {
    local seconds=20
    : >"$place/restarting"
    stop_daemon
    start_daemon "${settings[@]}" "Program=$programs/moments-worker"
    film 7 "$outside/secret.mp4"; film 3 "$place/real.mp4"
    printf 'precious\n' >"$outside/precious"; ls -lAR --time-style=full-iso "$outside" >"$place/outside.before"
    python3 - "$inbox" "$outside" "$place/real.mp4" "$seconds" <<'PYTHON'
import os, shutil, sys, time
inbox, outside, real, seconds = sys.argv[1:]
end, turn = time.time() + float(seconds), 0
def put(make, name):
    temporary = os.path.join(inbox, ".swap")
    make(temporary)
    os.rename(temporary, os.path.join(inbox, name))
os.makedirs(os.path.join(inbox, "folder"))
shutil.copy(real, os.path.join(inbox, "folder", "secret.mp4"))
while time.time() < end:
    turn += 1
    put(lambda p: os.symlink(os.path.join(outside, "secret.mp4"), p), "file.mp4")
    put(lambda p: os.symlink(os.path.join(outside, "precious"), p), "file.mp4.moments.json")
    put(lambda p: os.symlink(os.path.join(outside, "precious"), p), "file.mp4.request.json")
    os.rename(os.path.join(inbox, "folder"), os.path.join(inbox, ".aside"))
    os.symlink(outside, os.path.join(inbox, "folder"))
    time.sleep(0.02 if turn % 2 else 0.7)
    os.unlink(os.path.join(inbox, "folder"))
    os.rename(os.path.join(inbox, ".aside"), os.path.join(inbox, "folder"))
    os.unlink(os.path.join(inbox, "file.mp4.request.json"))
    put(lambda p: shutil.copy(real, p), "file.mp4")
    time.sleep(0.02 if turn % 3 else 0.9)
PYTHON
    expect .status folder/secret.mp4 completed
    expect .status file.mp4 completed
    ls -lAR --time-style=full-iso "$outside" | cmp -s - "$place/outside.before" || wrong 'something outside the inbox was changed'
    # The film outside is the longer one.
    find "$place/outbox" -name manifest.json -exec jq -e '.media.duration > 5' {} + | grep -q true && wrong 'a file outside the inbox was read'
    stop_daemon
    start_daemon "${settings[@]}" "Program=$place/worker"
    rm "$place/restarting"
}
film() { ffmpeg -nostdin -v error -y -f lavfi -i "testsrc2=s=160x90:r=25:d=$1" -pix_fmt yuv420p "$2"; }
many() {
    local index
    mkdir "$place/many"
    make_video "$place/many/link-0.ts"
    for ((index = 1; index < 500; index++)); do ln "$place/many/link-0.ts" "$place/many/link-$index.ts"; done
    (cd "$place/many" && seq 20000 | sed 's/$/.mkv/' | xargs touch && seq 20000 | sed 's/$/.mkv.request.json/' | xargs touch)
    : >"$place/starts"
    mv "$place/many" "$inbox/many"
    honest 60
    for ((index = 0; index < 600; index++)); do
        if (($(ask '/jobs?limit=1&status=completed' | jq -r '.total // 0') >= 500)); then break; fi
        sleep 0.2
    done
    (($(grep -c ' link-' "$place/starts") == 1)) || wrong "the same file was worked on $(grep -c ' link-' "$place/starts") times"
    python3 -c 'import os, sys
os.chdir(sys.argv[1])
for depth in range(400):
    os.mkdir("deep")
    os.chdir("deep")
open("video.ts", "w").write("a video")' "$inbox"
    honest 60
    take_away "$inbox/many"
    python3 -c 'import shutil, sys; sys.setrecursionlimit(5000); shutil.rmtree(sys.argv[1])' "$inbox/deep"
    honest 60
}

# Numbers that no file, time or job could have: in containers, of files, and in manifests a stranger wrote.
numbers() {
    local text field number index=0
    honest
    python3 - "$inbox" <<'PYTHON'
import os, struct, sys
inbox = sys.argv[1]
def box(kind, length): return struct.pack(">I4sQ", 1, kind, length)
for length in (2**62 - 1, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 15, 0):
    with open(os.path.join(inbox, "box-%d.mp4" % length), "wb") as file:
        file.write(box(b"ftyp", 16) + box(b"free", length) + box(b"mdat", length))
        try: file.truncate(2**43)
        except OSError: pass
    with open(os.path.join(inbox, "ebml-%d.mkv" % length), "wb") as file:
        file.write(bytes.fromhex("1a45dfa384000000001853806701") + struct.pack(">Q", length)[1:])
for second in (-2**40, 2**40, 2**62):
    path = os.path.join(inbox, "time%d.ts" % second)
    with open(path, "w") as file: file.write("a video of %d" % second)
    try: os.utime(path, ns=(0, second * 10**9))
    except OverflowError: os.utime(path, ns=(0, 2**63 - 1))
PYTHON
    text=$(find "$inbox" -name 'honest-*.json' -print -quit)
    for field in .attempts .progress .source.size .config.target_duration .media .result.outputs[0].bytes .stages[0].progress; do
        for number in 9223372036854775807 -9223372036854775808 1e308 -1; do
            index=$((index + 1))
            make_video "$inbox/number-$index.ts"
            jq -c "$field = $number | .status = \"processing\"" "$text" 2>/dev/null \
                | sed 's/1\.7976931348623157e+308/1e400/' >"$inbox/number-$index.ts.moments.json"
        done
    done
    honest 60
    kill -HUP "$daemon"
    honest 60
    rm -f "$inbox"/box-* "$inbox"/ebml-* "$inbox"/time* "$inbox"/number-*
}
# Somebody on the machine keeps every place of the status socket, and sends what is no question.
asked() {
    python3 - "$place/status.sock" <<'PYTHON' &
import socket, sys, time
def connect():
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(5)
    client.connect(sys.argv[1])
    return client
def code(request):
    client = connect()
    try: client.sendall(request)
    except OSError: pass
    answer = b""
    try:
        while b"\r\n\r\n" not in answer:
            more = client.recv(65536)
            if not more: break
            answer += more
    except OSError: pass
    return answer[9:12].decode() or "nothing"
wanted = {
    b"GET /" + b"x" * 1000000 + b" HTTP/1.1\r\nHost: x\r\n\r\n": "414",
    b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 1000000 + b"\r\n\r\n": "431",
    b"POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n": "405",
    b"GET /jobs?status=failed%00 HTTP/1.1\r\nHost: x\r\n\r\n": "400",
}
faults = ["%s instead of %s" % (code(request), right) for request, right in wanted.items() if code(request) != right]
held = []
for number in range(2000):
    try:
        client = connect()
        if number % 2: client.send(b"GET /heal")
        held.append(client)
        held = held[-500:]
    except OSError: pass
    time.sleep(0.005)
sys.exit("; ".join(faults) if faults else 0)
PYTHON
    local asking=$!
    honest 30
    wait "$asking" || wrong 'the socket answered with other codes'
}

settings=('[Intake]' 'SettleTime=300ms' '[Workers]' 'Count=2')
start_daemon "${settings[@]}" "Program=$place/worker"
cases=("$@")
((${#cases[@]} > 0)) || cases=(names special large planted numbers asked swapped many)
for case in "${cases[@]}"; do
    before=$faults begin=$SECONDS
    rm -f "$place/enough"
    watch_answers & watcher=$!
    "$case"
    honest 30
    : >"$place/enough"
    wait "$watcher"
    (($(cat "$place/slowest") < 1000)) || wrong "/health took $(cat "$place/slowest") ms"
    memory=$(awk '/^VmHWM:/ { print int($2 / 1024) }' "/proc/$daemon/status")
    ((memory < 400)) || wrong "it took $memory MB"
    printf '%-10s %s   %d s, slowest answer %d ms, highest memory %d MB\n' "$case" \
        "$( ((faults == before)) && echo right || echo WRONG)" $((SECONDS - begin)) "$(cat "$place/slowest")" "$memory"
done
stop_daemon
((faults == 0)) || fail "$faults faults"
