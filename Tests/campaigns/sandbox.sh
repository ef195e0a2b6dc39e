#!/usr/bin/env bash
# Code of a hostile video inside the real worker attempts what it must not: each attempt, and what came of it.
#
#   Tests/campaigns/sandbox.sh [ATTEMPT…]     all of hostile-library.c without names
#
# Each attempt is a job of its own by `moments run`: as whoever starts this, and, started by root, as the user nobody.
# With MOMENTS_HARNESS=DIR, which holds systemd-host, also under the unit, by the daemon. A column shows the error a call
# gave, or "killed" where the kernel ended the worker for it; SUCCEEDED is a fault. What was attempted upon, a video, a
# file beside it and the folder, must be as it was. At the end, what it costs a job.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
set_up
here=$root/Tests/campaigns/hostile-library.c
compiler=$(command -v clang || command -v cc) || fail "no C compiler: neither clang nor cc is in PATH"
chmod 755 "$place"
"$compiler" -O1 -shared -fPIC -o "$place/hostile.so" "$here" || fail "the hostile library does not compile"
"$compiler" -DLIST -o "$place/list" "$here"
ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=64x64:d=1 -pix_fmt yuv420p "$place/clip.mp4"
faults=0
wrong() { faults=$((faults + 1)); printf 'WRONG: %s\n' "$*"; }
landlock() { python3 -c 'import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))'; }
printf 'kernel %s, Landlock %s\n' "$(uname -r)" "$(landlock)"

mapfile -t attempts < <("$place/list" | if (($# > 0)); then grep -wE "$(IFS='|'; echo "$*")"; else cat; fi)

# What must not change, of a folder of videos.
look() {
    (
        cd "$1"
        find . ! -path './results*' -printf '%p %m %u %g %s %T@ %l\n' | sort
        sha256sum ./*.mp4 ./victim
        python3 -c 'import os, sys; print([n for n in sys.argv[1:] if os.listxattr(n)])' ./*.mp4 ./victim
    )
}

# The worker with the library inside; what it says goes to a file that is open already.
hostile_worker() {
    cat >"$1/worker" <<WORKER
#!/bin/sh
export LD_PRELOAD=$place/hostile.so MOMENTS_VICTIM=$1/victim MOMENTS_SOCKET=$place/listening
exec 9</etc/passwd $programs/moments-worker 2>>$1/results/said
WORKER
    chmod 755 "$1/worker"
}

# Does every attempt under a user, in a folder of that user's; the results go to FOLDER/results/table.
alone() {
    local folder=$1 line
    shift
    mkdir -p "$folder/results"
    hostile_worker "$folder"
    echo precious >"$folder/victim"
    : >"$folder/results/said"
    for line in "${attempts[@]}"; do cp "$place/clip.mp4" "$folder/${line#* }.mp4"; done
    if (($# > 0)); then chown -R nobody: "$folder"; fi
    look "$folder" >"$place/before"
    "$@" env "MOMENTS_WORKER=$folder/worker" "$programs/moments" run --json -o "$folder/results/out" "$folder"/*.mp4 \
        >"$folder/results/jobs" 2>"$folder/results/errors" || true
    tabulate "$folder/results"
    look "$folder" | diff "$place/before" - || wrong "something in $folder was changed"
}

# Makes FOLDER/table of what the library said, FOLDER/said, and of manifests, a line each, FOLDER/jobs.
tabulate() {
    local line name message
    for line in "${attempts[@]}"; do
        name=${line#* }
        message=$(jq -r --arg n "$name.mp4" 'select(.source.name == $n) | .error.message // .message' "$1/jobs")
        printf '%s %s\n' "$name" "$(result "$name" "$(grep -aF "attempt $name:" "$1/said" || true)" "$message")"
    done >"$1/table"
}

# What came of an attempt, by what the library said or how the worker ended.
result() {
    local said
    said=$(sed -n "s/.*attempt $1: //p" <<<"$2" | head -n 1)
    if [[ $said == 0 ]]; then echo SUCCEEDED; elif [[ -n $said ]]; then echo "$said"
    elif [[ $3 == *SIGSYS* ]]; then echo killed; else echo "nothing ($3)"; fi
}

python3 -c 'import socket, sys, time
s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); time.sleep(3600)' "$place/listening" &
listener=$!
trap 'kill "$listener" 2>/dev/null; tear_down' EXIT
until [[ -S $place/listening ]]; do sleep 0.05; done
chmod 777 "$place/listening"

columns=(alone)
alone "$place/alone"
if ((EUID == 0)); then
    columns+=(nobody)
    alone "$place/nobody" setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups
fi

# The same by the daemon under the unit, as it is installed.
unit() {
    local program name line
    # Not local: it is stopped when this script ends.
    host=("$MOMENTS_HARNESS/systemd-host" -n momentsd-sandbox)
    run() { "${host[@]}" run -- "$@"; }
    trap '"${host[@]}" stop >/dev/null 2>&1; kill "$listener" 2>/dev/null; tear_down' EXIT
    "${host[@]}" start >/dev/null
    for program in momentsd moments moments-worker; do "${host[@]}" put "$programs/$program" "/usr/bin/$program" 755; done
    "${host[@]}" put "$root/systemd/momentsd.service" /usr/lib/systemd/system/momentsd.service
    "${host[@]}" put "$root/systemd/momentsd.sysusers" /usr/lib/sysusers.d/momentsd.conf
    "${host[@]}" put "$root/systemd/momentsd.tmpfiles" /usr/lib/tmpfiles.d/momentsd.conf
    "${host[@]}" put "$place/hostile.so" /usr/lib/momentsd-hostile.so 755
    cat >"$place/unit.conf" <<'CONF'
[Intake]
SettleTime=100ms
Duplicates=process
[Workers]
Launcher=/usr/bin/env LD_PRELOAD=/usr/lib/momentsd-hostile.so MOMENTS_VICTIM=/srv/momentsd/inbox/victim MOMENTS_SOCKET=/run/momentsd/status.sock
CONF
    "${host[@]}" put "$place/unit.conf" /etc/momentsd/momentsd.conf
    run systemd-sysusers 2>/dev/null
    run systemd-tmpfiles --create momentsd.conf
    run systemctl daemon-reload
    run systemctl start momentsd
    mkdir -p "$place/unit/results"
    run tee /srv/momentsd/inbox/victim >/dev/null <<<precious
    run chown momentsd: /srv/momentsd/inbox/victim
    for line in "${attempts[@]}"; do
        "${host[@]}" put "$place/clip.mp4" "/srv/momentsd/inbox/${line#* }.mp4" 666
        run chown momentsd: "/srv/momentsd/inbox/${line#* }.mp4"
    done
    for ((program = 0; program < 600; program++)); do
        line=$(run curl -s --unix-socket /run/momentsd/status.sock 'http://localhost/jobs?limit=1000' \
            | jq '[.jobs[] | select(.attempts > 0 and .status != "processing")] | length')
        ((line < ${#attempts[@]})) || break
        sleep 0.5
    done
    run curl -s --unix-socket /run/momentsd/status.sock 'http://localhost/jobs?limit=1000' \
        | jq -c '.jobs[]' >"$place/unit/results/jobs"
    run journalctl -u momentsd -o cat --no-pager >"$place/unit/results/said"
    tabulate "$place/unit/results"
    [[ $(run systemctl is-active momentsd) == active ]] || wrong "the service did not survive"
    [[ $(run cat /srv/momentsd/inbox/victim) == precious ]] || wrong "the file beside the videos was changed"
    # shellcheck disable=SC2016
    [[ $(run sh -c 'cd /srv/momentsd/inbox && sha256sum *.mp4 | cut -c 1-64 | sort -u | wc -l; stat -c "%a %U" *.mp4 | sort -u') \
        == $'1\n666 momentsd' ]] || wrong "a video was changed"
}
if [[ -n ${MOMENTS_HARNESS:-} ]]; then
    columns+=(unit)
    unit
fi

printf '%-28s' attempt
printf '%-12s' "${columns[@]}"
echo
for line in "${attempts[@]}"; do
    name=${line#* }
    printf '%-28s' "$name"
    for column in "${columns[@]}"; do
        came=$(sed -n "s/^$name //p" "$place/$column/results/table")
        printf '%-12s' "$came"
        case $line/$came in
            *threads_without_end/SUCCEEDED)
                # The kernel keeps no count of the threads of root.
                if [[ $column != alone ]] || ((EUID != 0)); then wrong "$name in $column: $came"; fi ;;
            refused*/SUCCEEDED | *nothing* | refused*/) wrong "$name in $column: $came" ;;
            possible*/SUCCEEDED | refused*) ;;
            *) wrong "$name in $column is refused" ;;
        esac
    done
    if [[ $line == possible* ]]; then printf 'stays possible'; fi
    echo
done
echo "${#attempts[@]} attempts, $faults faults"

# What it costs a job: a worker's processor time until its first word about a job, when it is shut in, beside that of one
# that only says its version. The clock would tell what else the machine does.
python3 - "$programs/moments-worker" "$place/clip.mp4" <<'PYTHON'
import json, os, signal, statistics, subprocess, sys, tempfile
worker, video = sys.argv[1:]
def run(words, job):
    process = subprocess.Popen([worker] + words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    process.stdin.write(job)
    process.stdout.readline()
    try:
        os.kill(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = 0
    process.stdin.close()
    process.stdout.close()
    return 1000 * (usage.ru_utime + usage.ru_stime)
with tempfile.TemporaryDirectory() as staging:
    job = json.dumps({"schema": "momentsd.job/1", "job_id": "x", "source": video, "name": "x", "staging": staging,
                      "options": {}, "lifeline": True}).encode() + b"\n"
    times = [(run(["--version"], b""), run([], job)) for _ in range(30)]
plain, shut = (statistics.median(column) for column in zip(*times))
print("processor: %.1f ms without a job, %.1f ms with one: reading it and the sandbox cost %.1f ms" % (plain, shut, shut - plain))
PYTHON
((faults == 0))
