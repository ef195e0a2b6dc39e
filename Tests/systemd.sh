#!/bin/bash
# Starts momentsd under a real systemd and looks at it as an administrator would.
#
#   MOMENTS_HARNESS=DIR Tests/systemd.sh [BIN]
#
# DIR holds systemd-host, which runs the machine's systemd in namespaces of its own (needs root); BIN holds the built
# programs (default: .build/debug). Without a moments-worker in BIN, or with FAKE_WORKER=1, a script plays the worker.
set -u
cd "$(dirname "$0")/.." || exit 1
bin=${1:-.build/debug}
[ -n "${MOMENTS_HARNESS:-}" ] || { echo "skipped: MOMENTS_HARNESS does not name the harness"; exit 0; }
host="$MOMENTS_HARNESS/systemd-host -n momentsd-unit"
failures=0
run() { $host run -- "$@"; }
check() { # check WHAT COMMAND...: prints a line of the result's table
    local what=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok      $what"; else echo "FAILED  $what"; failures=$((failures + 1)); fi
}
says() { local pattern=$1; shift; run "$@" 2>&1 | grep -q -- "$pattern"; }
refused() { ! "$@"; }
soon() { # soon COMMAND...: waits up to 20 s for it to succeed
    for _ in $(seq 100); do "$@" && return 0; sleep 0.2; done
    return 1
}

trap '$host stop >/dev/null 2>&1; rm -f "/tmp/unit-$$.mp4" "/tmp/unit-$$.sh"' EXIT
$host start >/dev/null || exit 1
for program in momentsd moments; do $host put "$bin/$program" /usr/bin/$program 755; done
if [ -x "$bin/moments-worker" ] && [ -z "${FAKE_WORKER:-}" ]; then
    $host put "$bin/moments-worker" /usr/bin/moments-worker 755
    ffmpeg -v error -y -f lavfi -i testsrc2=s=160x90:d=4 -f lavfi -i sine=d=4 -pix_fmt yuv420p "/tmp/unit-$$.mp4"
else
    cat >"/tmp/unit-$$.sh" <<'WORKER'
#!/bin/sh
read -r spec
staging=$(printf %s "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
echo '{"event":"started","version":"1","pid":1}'
printf hello >"$staging/highlight.mp4"
echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"x"}],"input_duration":5,"output_duration":3,"segments_selected":2}}'
WORKER
    $host put "/tmp/unit-$$.sh" /usr/bin/moments-worker 755
    echo "a video" >"/tmp/unit-$$.mp4"
fi
$host put systemd/momentsd.service /usr/lib/systemd/system/momentsd.service
$host put systemd/momentsd.socket /usr/lib/systemd/system/momentsd.socket
$host put systemd/momentsd.sysusers /usr/lib/sysusers.d/momentsd.conf
$host put systemd/momentsd.tmpfiles /usr/lib/tmpfiles.d/momentsd.conf
$host put systemd/momentsd.catalog /usr/lib/systemd/catalog/momentsd.catalog
$host put systemd/momentsd.conf /etc/momentsd/momentsd.conf
run systemd-sysusers 2>/dev/null
run systemd-tmpfiles --create momentsd.conf
run journalctl --update-catalog
run systemctl daemon-reload

# The manual's pages come with the package, and are looked for there.
verified() { [ -z "$(run systemd-analyze verify --man=no momentsd.service momentsd.socket 2>&1)" ]; }
check "the units are well formed" verified
check "it starts and says READY=1" run systemctl start momentsd
check "its status line is there" soon says 'Status: ".*arriving' systemctl status momentsd --no-pager
group=$(run sh -c 'getent group momentsd | cut -d : -f 3')
member() { run setpriv --reuid 65534 --regid 65534 --groups "$group" "$@"; }
stranger() { run setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
check "who is in the group may look" says 'is healthy' setpriv --reuid 65534 --regid 65534 --groups "$group" moments status
check "a stranger may not" refused stranger moments status
check "… nor see what videos there are" refused stranger ls /srv/momentsd/inbox
check "… nor what results" refused stranger ls /srv/momentsd/outbox
check "the group's people may drop videos" member touch /srv/momentsd/inbox/nothing.part
check "… and not meddle with results" refused member touch /srv/momentsd/outbox/nothing
check "the configuration is checked" says 'in order' momentsd --check
$host put "/tmp/unit-$$.mp4" /srv/momentsd/inbox/beach.mp4 666
check "a video dropped in is completed" soon says 'beach.mp4: completed' moments show /srv/momentsd/inbox/beach.mp4
check "its result is in the outbox" run test -s /srv/momentsd/outbox/beach/highlight.mp4
check "… for the group to read" member test -r /srv/momentsd/outbox/beach/highlight.mp4
check "… and for nobody else" refused stranger test -r /srv/momentsd/outbox/beach/highlight.mp4
check "its worker was shut in wholly" says '^\[\]$' sh -c "curl -s --unix-socket /run/momentsd/status.sock http://localhost/health | tr -d ' \n' | grep -o '\"reasons\":\[[^]]*\]' | cut -d : -f 2"
check "the journal tells its story by name" says 'beach' journalctl MOMENTS_SOURCE=beach.mp4 -o cat --no-pager
check "the catalog explains it" says 'The highlights of beach.mp4 are ready' journalctl -x -u momentsd --no-pager
check "it reloads" run systemctl reload momentsd
run sh -c 'mkdir -p /etc/momentsd/momentsd.conf.d; printf "[Intake]\nAfterSuccess=archive\n" >/etc/momentsd/momentsd.conf.d/a.conf'
check "… with another configuration" run systemctl reload momentsd
$host put "/tmp/unit-$$.mp4" /srv/momentsd/inbox/later.mp4 666
check "what is done can be archived" soon run test -s /srv/momentsd/archive/later.mp4.moments.json -a -s /srv/momentsd/archive/later.mp4
check "it stops in order" run systemctl stop momentsd
check "… with success" says '^success$' systemctl show momentsd -P Result
run systemctl start momentsd.socket
check "a question starts it by its socket" says 'is healthy' moments status
run systemctl stop momentsd.socket momentsd
run sh -c 'mkdir -p /etc/momentsd/momentsd.conf.d; printf "[Workers]\nCount=many\n" >/etc/momentsd/momentsd.conf.d/x.conf'
run systemctl start momentsd 2>/dev/null
check "a bad value stops the start, with file and line" says 'x.conf:2:.*Count=' systemctl status momentsd --no-pager
check "… and is not tried again" says '^failed$' systemctl is-failed momentsd
exposure() { run systemd-analyze security momentsd.service --no-pager | sed -n 's/.*exposure level for momentsd.service: \([0-9.]*\).*/\1/p'; }
check "systemd-analyze security says at most 1.0 ($(exposure))" awk -v level="$(exposure)" 'BEGIN { exit !(level != "" && level <= 1.0) }'
[ $failures = 0 ]
