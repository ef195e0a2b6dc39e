#!/usr/bin/env bash
# The whole suite, from a fresh Debian 12 with Swift: packages, style, build, links, tests.
#
#   Tests/run.sh [SWIFT TEST OPTION…]      such as --filter MomentsExportsTests
#
# Ends with one line that counts; the exit status is 0 only where everything passed.
# MOMENTS_MEDIA=FOLDER adds the tests over real clips.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../.ci/prepare.sh"
cd "$root"
prepare
# Real clips beside the checkout are used where they are there.
if [[ -z ${MOMENTS_MEDIA:-} && -d ../shared/media ]]; then MOMENTS_MEDIA=$(realpath ../shared/media); fi
export MOMENTS_MEDIA=${MOMENTS_MEDIA:-}
begin=$SECONDS

step() { printf '\n== %s (%d s)\n' "$1" $((SECONDS - begin)); }

step "style"
swift format lint --strict --parallel --recursive Package.swift Sources Tests || fail "the style check found faults"

step "build"
swift build --build-tests --explicit-target-dependency-import-check error || fail "the build failed"

step "links"
bash Tests/check-links.sh "$(swift build --show-bin-path)" || fail "a program links what it must not"

step "tests"
counts=$(mktemp)
trap 'rm -f "$counts" "${counts}.log" "${counts%.xml}"*' EXIT
status=0
swift test --skip-build --explicit-target-dependency-import-check error --parallel "$@" 2>&1 \
    | tee "$counts.log" || status=$?

# Swift Testing tells how each test ended, marking one with known issues in its own way, and how the whole run did.
ended() { grep -E "^[^ ]+ +Test .* $1 after" "$counts.log" | grep -cvE '^[^ ]+ +Test run with [0-9]+ test' || true; }
passed=$(ended passed)
failed=$(ended failed)
if ((status != 0)); then
    printf '\nwhat failed:\n'
    grep -E '^(✘|􀢄).* recorded an issue|^(error|fatal)' "$counts.log" | head -n 40 || true
fi
printf '\nthe whole took %d s\n%d passed, %d failed\n' $((SECONDS - begin)) "$passed" "$failed"
exit "$status"
