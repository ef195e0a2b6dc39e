#!/usr/bin/env bash
# Builds the Debian package momentsd_VERSION_amd64.deb.
#
#   systemd/package.sh [OPTION…]
#
#   --programs FOLDER   takes the programs that are ready there, instead of building them
#   --output FOLDER     where the package goes (default: .build/package)
#   --version TEXT      another version than the programs' own, such as 0.1.0+local1
#   --quick             packs without compressing, for tests
#   --no-lint           does not call lintian
#
# Says where the package is on the last line. DEBFULLNAME and DEBEMAIL name the maintainer.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../.ci/prepare.sh"
usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit "$1"
}

programs='' output=$root/.build/package version='' lint=yes
while (($# > 0)); do
    case $1 in
        --programs) programs=$(realpath -- "${2:?--programs needs a folder}") && shift ;;
        --output) output=$(realpath -m -- "${2:?--output needs a folder}") && shift ;;
        --version) version=${2:?--version needs a text} && shift ;;
        --quick) export MOMENTS_COMPRESSION=none ;;
        --no-lint) lint=no ;;
        --help | -h) usage 0 ;;
        *) usage 2 ;;
    esac
    shift
done
tools=(debhelper dpkg-dev fakeroot jq man-db)
if [[ $lint == yes ]]; then tools+=(lintian); fi
if [[ -z $programs ]]; then
    prepare "${tools[@]}"
    build_release
else
    install_packages "${tools[@]}"
fi
for program in momentsd moments-worker moments; do
    [[ -x $programs/$program ]] || fail "$programs/$program is not there"
done

own=$("$programs/moments" --version)
version=${version:-${own#moments }}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
tree=$place/momentsd-$version
mkdir -p "$tree"/{programs,units,preset,pages/{bash,zsh,fish}}
cp -r "$root/systemd/debian" "$root/examples" "$root/README.md" "$tree"
cp -r "$root/systemd" "$tree/systemd"
for program in momentsd moments-worker moments; do cp "$programs/$program" "$tree/programs/"; done
# It builds in a checkout, which a package is not.
rm "$tree/examples/quickstart.sh"
find "$tree/examples" -name '*.sh' -exec chmod 755 {} +

# The template for further services: the same unit, with a configuration and folders of its own.
template() {
    sed -E -e 's#/etc/momentsd/momentsd\.conf#/etc/momentsd/%i.conf#' \
        -e 's#/(var/lib|srv)/momentsd#/\1/momentsd-%i#g' \
        -e 's#^(StateDirectory|RuntimeDirectory)=momentsd$#\1=momentsd-%i#' \
        -e 's#momentsd-hook\.(path|service)#momentsd-hook@%i.\1#' \
        -e 's#^Description=.*$#& (%i)#' "$1"
}
for unit in "$root"/systemd/*.service "$root"/systemd/*.path "$root"/systemd/*.socket; do
    [[ -e $unit ]] || continue
    name=${unit##*/}
    cp "$unit" "$tree/units/$name"
    [[ $name == *.socket || $name == *@.* ]] || template "$unit" >"$tree/units/${name%.*}@.${name##*.}"
done
cp "$root/systemd/momentsd.preset" "$tree/preset/80-momentsd.preset"
cp "$root/systemd/momentsd.sysusers" "$root/systemd/momentsd.tmpfiles" "$tree/debian/"

"$root/systemd/pages/make.sh" "$programs" "$tree/pages"
mv "$tree/pages/moments.bash" "$tree/pages/bash/moments"
mv "$tree/pages/moments.zsh" "$tree/pages/zsh/_moments"
mv "$tree/pages/moments.fish" "$tree/pages/fish/moments.fish"

maintainer="${DEBFULLNAME:-the authors of momentsd} <${DEBEMAIL:-momentsd@$(hostname --fqdn 2>/dev/null || hostname)}>"
sed -i "s|@MAINTAINER@|$maintainer|" "$tree/debian/control"
cat >"$tree/debian/changelog" <<CHANGES
momentsd ($version) stable; urgency=medium

  * Built from the sources of momentsd $version.

 -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGES

log=$place/log
(cd "$tree" && DEB_BUILD_OPTIONS=noautodbgsym dpkg-buildpackage -b -us -uc -d -rfakeroot) >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    fail "debhelper could not build the package"
}
package=momentsd_${version}_amd64.deb
mkdir -p "$output"
mv "$place/$package" "$output/"
if [[ $lint == yes ]]; then
    lintian --fail-on error,warning "$output/$package" || fail "lintian found faults in $output/$package"
fi
echo "$output/$package"
