#!/usr/bin/env bash
# Builds the image localhost/momentsd from the package, without any registry: debootstrap makes the base.
#
#   build.sh momentsd_VERSION_amd64.deb      as root, or as anybody with fakechroot's help: MODE=fakechroot build.sh …
#
# Then, as anybody:
#   podman run --detach --name momentsd --userns=keep-id:uid=$(id -u) \
#       --volume ~/videos:/srv/momentsd/inbox --volume ~/highlights:/srv/momentsd/outbox localhost/momentsd
#   podman healthcheck run momentsd && podman exec momentsd moments status
#
# --sdnotify=container passes READY=1 and STATUS= on to a unit that starts the container (podman generate systemd --new).
set -euo pipefail
package=${1:?which package?}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
debootstrap --variant=minbase bookworm "$place/root" "${MIRROR:-http://deb.debian.org/debian}" >"$place/log" || {
    tail -n 5 "$place/log" >&2
    exit 1
}
rm -rf "$place/root/var/cache/apt/archives"/*.deb
tar -C "$place/root" -c . | podman import - localhost/momentsd-base >/dev/null
mkdir "$place/context"
cp "$package" "$place/context/momentsd.deb"
# In a chroot, so that it builds where no container may be started (continuous integration, old kernels), too.
podman build --isolation=chroot --file "$here/Containerfile" --tag localhost/momentsd "$place/context"
