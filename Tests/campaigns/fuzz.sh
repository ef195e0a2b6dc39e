#!/usr/bin/env bash
# Gives every parser of the daemon broken inputs: none may end it.
#
#   Tests/campaigns/fuzz.sh [COUNT]      100,000 inputs for each parser, if COUNT does not say otherwise
#
# Parsers: boxes, EBML, RIFF, requests, configuration, events, manifests, questions. The inputs are the same each time; the
# one at work is kept, and named where it ended the program.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare
cd "$root"
count=${1:-100000}
swift build --build-tests >&2 || fail "the tests cannot be built"
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-fuzz.XXXXXX")
faults=0
for suite in ContainerFuzzTests RequestFuzzTests StatusFuzzTests; do
    for test in $(grep -hoP '^    func \K\w+(?=\(\) throws \{)' Tests/*/*/"$suite.swift"); do
        begin=$SECONDS
        if MOMENTS_FUZZ=$count MOMENTS_FUZZ_INPUT=$place/input swift test --skip-build --filter "$suite/$test" \
            >"$place/$test.log" 2>&1; then
            came='none trapped'
        else
            came="FAILED: $(grep -aE 'Fatal error|recorded an issue|signal' "$place/$test.log" | head -n 1); the input is in $place"
            faults=$((faults + 1))
        fi
        printf '%-14s %7d inputs  %4d s  %s\n' "$test" "$count" $((SECONDS - begin)) "$came"
    done
done
if ((faults == 0)); then rm -rf -- "$place"; fi
((faults == 0))
