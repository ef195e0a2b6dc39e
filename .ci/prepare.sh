# shellcheck shell=bash
# Sourced by the scripts: finds Swift, and installs the Debian packages that are missing.
# Call `prepare [PACKAGE…]` with packages needed beyond those of the file `packages`.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# Ends the script with one sentence.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

find_swift() {
    local folder
    for folder in "" /opt/swift/usr/bin /usr/local/swift/usr/bin "$HOME/.local/share/swiftly/bin"; do
        if [[ -n $folder && -x $folder/swift ]]; then PATH=$folder:$PATH; fi
        if command -v swift >/dev/null; then return; fi
    done
    fail "Swift was not found in PATH or /opt/swift; install Swift 6.3 from https://www.swift.org/install/linux/"
}

install_packages() {
    local missing=() package sudo=()
    for package in "$@"; do
        if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            missing+=("$package")
        fi
    done
    if ((${#missing[@]} == 0)); then return; fi
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "packages are missing; as root, run: apt-get install ${missing[*]}"
        sudo=(sudo)
    fi
    echo "installing ${missing[*]}"
    "${sudo[@]}" apt-get -qq update || fail "apt-get update failed; look at the network and /etc/apt"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "${missing[@]}" \
        >/dev/null || fail "apt-get could not install ${missing[*]}"
}

# Builds the three programs for use, with the Swift runtime inside: they run where no Swift is, and the idle daemon is
# smaller. `programs` names their folder afterwards.
build_release() {
    local product
    for product in momentsd moments-worker moments; do
        swift build --package-path "$root" -c release --static-swift-stdlib --product "$product" >&2 \
            || fail "the build of $product failed"
    done
    # shellcheck disable=SC2034  # for whoever sources this
    programs=$(swift build --package-path "$root" -c release --show-bin-path)
}

prepare() {
    local packages
    mapfile -t packages < <(grep -v -e '^#' -e '^$' "$root/.ci/packages")
    install_packages "${packages[@]}" "$@"
    find_swift
}
