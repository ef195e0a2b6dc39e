#!/usr/bin/env bash
# Builds the image localhost/momentsd from the package, without any registry: debootstrap makes the base.
#
#   build.sh momentsd_VERSION_amd64.deb      as root, who may use debootstrap
#
# Then:
#   podman run --detach --name momentsd --network=none \
#       --volume /srv/videos:/srv/momentsd/inbox --volume /srv/highlights:/srv/momentsd/outbox localhost/momentsd
#   podman healthcheck run momentsd && podman exec momentsd moments status
#
# Both folders must be writable for the container's user momentsd; without root, --userns=keep-id:uid=N,gid=N makes it the
# caller, where N is what "podman run --rm --entrypoint id localhost/momentsd -u" says. --sdnotify=container passes READY=1
# and STATUS= on to a unit that starts the container.
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
podman build --format=docker --isolation=chroot --file "$here/Containerfile" --tag localhost/momentsd "$place/context"
