#!/usr/bin/env bash
# Installs the Debian package in a real systemd and lives with it as an administrator would: start, drop, look, reload,
# restart, upgrade, remove, purge.
#
#   Tests/package.sh [--quick] [PACKAGE.deb | PROGRAMS]      default: .build/debug, of which a package is made
#
# --quick looks at the package alone, without installing it: pages, completions, units, scripts. The rest needs root and
# MOMENTS_HARNESS=DIR, where DIR holds systemd-host, which runs the machine's systemd in namespaces of its own.
# Functions are called by check, and words in single quotes are for the shell inside.
# shellcheck disable=SC2317,SC2016
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../.ci/prepare.sh"
cd "$root"
quick=no
if [[ ${1:-} == --quick ]]; then quick=yes && shift; fi
what=$(realpath -- "${1:-.build/debug}")
install_packages debhelper dpkg-dev fakeroot jq man-db shellcheck systemd
place=$(mktemp -d)
name=momentsd-package-$$
host() { "$MOMENTS_HARNESS/systemd-host" -n "$name" "$@"; }
clean_up() {
    if [[ $quick == no && -n ${MOMENTS_HARNESS:-} ]]; then host stop >/dev/null 2>&1 || true; fi
    rm -rf "$place"
}
trap clean_up EXIT

faults=0
# Prints a line of the result's table: what is checked, and the command that must succeed.
check() {
    local text=$1
    shift
    if "$@" >"$place/said" 2>&1; then echo "ok      $text"; else
        echo "FAILED  $text"
        tail -n 20 "$place/said" | sed 's/^/        /'
        faults=$((faults + 1))
    fi
}
refused() { ! "$@"; }

if [[ -d $what ]]; then
    package=$(systemd/package.sh --quick --no-lint --programs "$what" --output "$place" | tail -n 1)
else
    package=$what
fi
tree=$place/tree
dpkg-deb -x "$package" "$tree"

page() { # page FILE: formats it without a warning
    local said
    said=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$1" 2>&1 >/dev/null)
    [[ -z $said ]] || { echo "$said" && return 1; }
}
for file in "$tree"/usr/share/man/man?/moments{.1,d.8,d.conf.5,d-manifest.5}.gz; do check "page ${file##*/}" page "$file"; done
keys() { comm -23 <(grep -oE '^#[A-Z][A-Za-z]+=' systemd/momentsd.conf | tr -d '#' | sort -u) \
    <(zcat "$tree/usr/share/man/man5/momentsd.conf.5.gz" | sed 's/\\f[BIR]//g' | grep -oE '[A-Z][A-Za-z]+=' | sort -u); }
check "momentsd.conf(5) has every key" test -z "$(keys)"
check "completions for bash" bash -n "$tree/usr/share/bash-completion/completions/moments"
complete_run() {
    # shellcheck disable=SC1090,SC1091
    source "$tree/usr/share/bash-completion/completions/moments"
    COMP_WORDS=(moments jobs --status fa) COMP_CWORD=3
    _moments
    [[ ${COMPREPLY[*]} == failed ]]
    COMP_WORDS=(moments sta) COMP_CWORD=1
    _moments
    [[ ${COMPREPLY[*]} == status ]]
}
check "… which complete" complete_run
for shell in zsh fish; do
    command -v "$shell" >/dev/null || continue
    check "completions for $shell" "$shell" -n "$tree"/usr/share/"$shell"/vendor*completions*/*moments*
done
conffiles() {
    [[ $(dpkg-deb -I "$package" conffiles | grep -c '^/etc/momentsd/') == $((1 + $(find systemd/presets -name '*.conf' | wc -l))) ]]
}
check "configuration and presets are the admin's" conffiles
check "… and the styles that ship are the package's" test -s "$tree/usr/share/momentsd/styles/energetic.conf"
check "scripts are clean" shellcheck -x -e SC2119 systemd/*.sh systemd/pages/*.sh Tests/package.sh examples/*.sh examples/*/*.sh
check "scripts of tests have nothing to warn of" shellcheck -x -e SC2119 -S warning .ci/*.sh .ci/run Tests/*.sh Tests/campaigns/*.sh
verified() { # the units, with the programs where they say
    mkdir -p "$place/units"
    for unit in "$tree"/lib/systemd/system/*; do
        sed "s|/usr/bin/momentsd|$tree/usr/bin/momentsd|" "$unit" >"$place/units/${unit##*/}"
    done
    local said
    said=$(SYSTEMD_UNIT_PATH="$place/units:" systemd-analyze verify --man=no "$place"/units/momentsd{,-hook}.service \
        "$place"/units/momentsd{.socket,-hook.path,@cameras.service,-hook@cameras.path,-hook@cameras.service} 2>&1 | grep -F momentsd | grep -vF 'No such file' || true)
    [[ -z $said ]] || { echo "$said" && return 1; }
}
check "units are well formed" verified
own() { # nothing of the first service is in the templates but its user and group, programs and configuration folder;
    # the judge's is a template for its connections, and the first service's own
    ! grep -HnE '(/srv/|/var/lib/|Directory=)momentsd($|[^-a-z]|-[^%])|hook\.(path|service)$' "$tree"/lib/systemd/system/*@.* \
        | grep -v -e ConfigurationDirectory -e momentsd-judge@
}
check "templates have folders of their own" own

if [[ $quick == yes || -z ${MOMENTS_HARNESS:-} ]]; then
    [[ $quick == yes ]] || echo "skipped the installation: MOMENTS_HARNESS does not name the harness"
    exit $((faults > 0))
fi

run() { host run -- "$@"; }
# Whether what a command says has a pattern, whatever its status.
says() {
    local pattern=$1 said
    shift
    said=$(run "$@" 2>&1) || true
    grep -- "$pattern" <<<"$said" || { echo "$said" && return 1; }
}
# Waits up to a minute for something that comes by itself.
soon() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        if "$@"; then return 0; fi
        sleep 0.2
    done
    return 1
}
install_packages samba samba-vfs-modules smbclient openssh-server openssh-client ffmpeg curl >/dev/null
host start >/dev/null
# Images for containers forbid that installing a package starts a service.
run rm -f /usr/sbin/policy-rc.d
ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=s=160x90:d=4 -f lavfi -i sine=d=4 -pix_fmt yuv420p "$place/beach.mp4"
host put "$package" /root/momentsd.deb
apt() { run env DEBIAN_FRONTEND=noninteractive "$@"; }

check "it installs" apt dpkg -i /root/momentsd.deb
check "it runs at once" soon says '^active$' systemctl is-active momentsd
check "… and with the next start" says '^enabled$' systemctl is-enabled momentsd
check "a fresh inbox is there, for the group" says '2770 momentsd momentsd' stat -c '%a %U %G' /srv/momentsd/inbox
check "the journal has its texts" says 'momentsd is ready' journalctl -x -u momentsd --no-pager
check "its status line is there" soon says 'Status: ".*arriving' systemctl status momentsd --no-pager
run adduser --quiet --disabled-password --gecos '' anna
run adduser --quiet anna momentsd
check "the doctor finds nothing to mend" says 'nothing is wrong' moments doctor --user anna
check "… nor does Nagios" says '^MOMENTSD OK' moments doctor --nagios

# The share of the example, by the real server.
run cp /usr/share/momentsd/examples/samba/momentsd.conf /etc/samba/momentsd.conf
run sh -c 'mkdir -p /run/samba; printf "[global]\nnetbios name = test\nserver role = standalone server\ndisable netbios = yes\nload printers = no\ninclude = /etc/samba/momentsd.conf\n" >/etc/samba/smb.conf'
run sh -c 'printf "secret\nsecret\n" | smbpasswd -s -a anna'
run ip link set lo up
run systemd-run --quiet --unit=smbd-test smbd --foreground --no-process-group
check "Samba is in order for the doctor" says 'ok .*samba: the share \[videos\]' moments doctor --all
host put "$place/beach.mp4" /root/beach.mp4 644
smb() { run smbclient -U anna%secret //127.0.0.1/videos -c "$1"; }
check "a share takes a video" soon smb 'put /root/beach.mp4 beach.mp4'
check "… of which a reel is made" soon says 'beach.mp4: completed' moments show /srv/momentsd/inbox/beach.mp4
check "… also in a folder that selects a preset" smb 'mkdir sport; cd sport; put /root/beach.mp4 match.mp4'
check "… which is made" soon says 'sport/match.mp4: completed' moments show /srv/momentsd/inbox/sport/match.mp4
check "the share of results shows it" says 'highlight.mp4' smbclient -U anna%secret //127.0.0.1/highlights -c 'ls beach/*'
check "… and nothing is written there" refused run smbclient -U anna%secret //127.0.0.1/highlights -c 'put /root/beach.mp4 x.mp4'
check "journalctl tells one video's story" says 'has arrived' journalctl MOMENTS_SOURCE=beach.mp4 -o cat --no-pager
check "nothing is wrong afterwards" says '^MOMENTSD OK' moments doctor --nagios

# People who may use SFTP and nothing else, by the real server.
run sh -c 'addgroup --quiet momentsd-sftp; adduser --quiet --disabled-password --gecos "" --no-create-home --ingroup momentsd-sftp bert; adduser --quiet bert momentsd'
run sh -c 'ssh-keygen -q -t ed25519 -N "" -f /root/key; install -D -m 644 /root/key.pub /etc/ssh/momentsd-keys/bert; ssh-keygen -A >/dev/null'
run sh -c 'mkdir -p /etc/ssh/sshd_config.d /run/sshd; cp /usr/share/momentsd/examples/sftp/momentsd.conf /etc/ssh/sshd_config.d/'
run systemd-run --quiet --unit=sshd-test /usr/sbin/sshd -D -p 2222
sftp() { run sh -c "echo '$1' | sftp -q -b - -i /root/key -P 2222 -o StrictHostKeyChecking=no bert@127.0.0.1"; }
check "SFTP takes a video" soon sftp 'put /root/beach.mp4 by-sftp.mp4'
check "… of which a reel is made, or found" soon says 'by-sftp.mp4: completed' moments show /srv/momentsd/inbox/by-sftp.mp4
check "… and cannot write results" refused sftp 'put /root/beach.mp4 /outbox/x.mp4'
check "… nor log in" refused run ssh -i /root/key -p 2222 -o StrictHostKeyChecking=no bert@127.0.0.1 true

# What the doctor is for.
run sh -c 'echo read-only; sed -i "s/create mask = 0660/create mask = 0600/; s/force create mode = 0660/force create mode = 0600/" /etc/samba/momentsd.conf'
check "the doctor sees a share whose files nobody can read" says "FAULT.*group cannot read" moments doctor
run install -d -o anna -g anna -m 755 /srv/momentsd/inbox/private
check "the doctor sees a folder that no manifest can be put into" says "FAULT.*/srv/momentsd/inbox/private" moments doctor
run rm -r /srv/momentsd/inbox/private
run cp /usr/share/momentsd/examples/samba/momentsd.conf /etc/samba/momentsd.conf
run deluser --quiet anna momentsd
check "the doctor sees who may not drop videos" says 'adduser anna momentsd' moments doctor --user anna
run adduser --quiet anna momentsd

# Hooks: a program that wants what the service itself has not.
run sh -c 'printf "#!/bin/sh\nset -e\ncat >/dev/null\ntest \"\$MOMENTS_TOKEN_TEST\" = 7\necho heard \$MOMENTS_EVENT of \$MOMENTS_NAME\n" >/usr/local/bin/hook; chmod 755 /usr/local/bin/hook'
run sh -c 'mkdir -p /etc/momentsd/momentsd.conf.d; printf "[Hooks]\nOnComplete=/usr/local/bin/hook\n" >/etc/momentsd/momentsd.conf.d/hooks.conf'
run sh -c 'echo TOKEN_TEST=7 >/etc/momentsd/hooks.env; chmod 600 /etc/momentsd/hooks.env; sed -i s/MOMENTS_TOKEN/TOKEN/ /usr/local/bin/hook'
check "it reloads" run systemctl reload momentsd
host put "$place/beach.mp4" /srv/momentsd/inbox/again.mp4 660
run chown anna:momentsd /srv/momentsd/inbox/again.mp4
run moments retry /srv/momentsd/inbox/beach.mp4
check "a hook of its own unit hears of a result" soon says 'heard complete of' journalctl -u momentsd-hook -o cat --no-pager
check "… and nothing waits any more" soon run sh -c 'test -z "$(ls /var/lib/momentsd/hooks)"'

check "it restarts" run systemctl restart momentsd
check "… and answers" soon says 'is healthy' moments status
run systemctl kill -s KILL momentsd
check "killed, it comes back" soon says 'is healthy' moments status

# A second service from the template.
run cp /usr/share/momentsd/examples/second-service/cameras.conf /etc/momentsd/cameras.conf
run install -d -o momentsd -g momentsd -m 2770 /srv/momentsd-cameras/inbox
run install -d -o momentsd -g momentsd -m 2750 /srv/momentsd-cameras/outbox
check "a second service runs beside the first" run systemctl start momentsd@cameras
host put "$place/beach.mp4" /srv/momentsd-cameras/inbox/door.mp4 644
check "… with folders of its own" soon run test -s /srv/momentsd-cameras/outbox/door/highlight.mp4

# An upgrade to a package whose configuration is another one, over one that the admin changed.
run sh -c 'echo "# mine" >>/etc/momentsd/momentsd.conf'
mkdir -p "$place/next"
dpkg-deb -R "$package" "$place/next/tree"
echo '# theirs' >>"$place/next/tree/etc/momentsd/momentsd.conf"
echo '# theirs' >>"$place/next/tree/etc/momentsd/presets/talk.conf"
sed -i 's/^Version: .*/&+next/' "$place/next/tree/DEBIAN/control"
dpkg-deb --root-owner-group -Znone -b "$place/next/tree" "$place/next/momentsd.deb" >/dev/null
host put "$place/next/momentsd.deb" /root/next.deb
before=$(run systemctl show -P MainPID momentsd)
check "it upgrades" apt dpkg --force-confold -i /root/next.deb
check "… keeps what the admin wrote" says '^# mine' tail -n 1 /etc/momentsd/momentsd.conf
check "… and puts its own beside it" run test -e /etc/momentsd/momentsd.conf.dpkg-dist
check "… takes what nobody changed" says '^# theirs' tail -n 1 /etc/momentsd/presets/talk.conf
another() { [[ $(run systemctl show -P MainPID momentsd) != "$before" ]]; }
check "… and runs the new programs" another
check "… with the same jobs" soon says 'beach.mp4: completed' moments show /srv/momentsd/inbox/beach.mp4
check "the second service came along" says '^active$' systemctl is-active momentsd@cameras

check "it is removed" apt dpkg -r momentsd
check "… and runs no more" refused says '^active$' systemctl is-active momentsd momentsd@cameras momentsd-hook.path
check "… and leaves configuration, state and videos" run test -e /etc/momentsd/momentsd.conf -a -d /var/lib/momentsd -a -s /srv/momentsd/outbox/beach/highlight.mp4
check "it is purged" apt dpkg -P momentsd
check "… with configuration and state" run sh -c '! test -e /var/lib/momentsd && ! test -e /etc/momentsd/momentsd.conf'
check "… and without people's videos and results" run test -s /srv/momentsd/inbox/beach.mp4 -a -s /srv/momentsd/outbox/beach/highlight.mp4
check "it installs again over what is there" apt dpkg -i /root/momentsd.deb
check "… and knows its jobs" soon says 'beach.mp4: completed' moments show /srv/momentsd/inbox/beach.mp4
exit $((faults > 0))
