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

step "package"
bash Tests/package.sh --quick "$(swift build --show-bin-path)" || fail "the package is not what it should be"

step "tests"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# A process for each wing: what computes for minutes in one must not use up the time limits of what waits in another.
wings=("MomentsSupervisorTests" "MomentsStatusTests|MomentsSystemdTests|MomentsSystemTests"
    "MomentsCoreTests|MomentsSettingsTests|MomentsStoreTests|MomentsWatchTests|MomentsWorkersTests|MomentsGalleryTests|MomentsHooksTests"
    "MomentsMediaTests|MomentsEncodingTests|MomentsAnalysisTests|MomentsSelectionTests|MomentsSubjectsTests|MomentsSamplingTests|MomentsWordsTests|MomentsTitlesTests|MomentsStoryboardTests"
    "MomentsRenderingTests|MomentsStillsTests|MomentsExportsTests|MomentsPipelineTests|MomentsBenchTests"
    "ProgramTests\.(AdminCommand|AskingCommand|RunCommand|RerenderCommand|Daemon)" "ProgramTests\.(Accuracy|Bench|Hostile|Judged|Real|Schema|Story)")
for file in Tests/*/*Tests/*Tests.swift; do
    name=${file%.swift} && name=${name#Tests/*/}
    grep -qE "$(IFS='|' && echo "${wings[*]}")" <<<"${name/\//.}" || fail "$file is in no wing of Tests/run.sh"
done
if (($# > 0)); then wings=(""); fi
for wing in "${wings[@]}"; do
    swift test --skip-build --explicit-target-dependency-import-check error --parallel \
        ${wing:+--filter "$wing"} "$@" 2>&1 | tee -a "$log" || status=$?
done

# Each run's last line tells how many tests there were; lines of single tests may be torn by what tested programs print.
total=$(grep -aoE 'Test run with [0-9]+ tests' "$log" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }')
failed=$(grep -aE '^[^ ]+ +Test .* failed after' "$log" | grep -acvE '^[^ ]+ +Test run with' || true)
((total > 0)) || status=1
((status == 0 || failed > 0)) || failed=1
if ((status != 0)); then
    printf '\nwhat failed:\n'
    grep -E '^(✘|􀢄).* recorded an issue|^(error|fatal)' "$log" | head -n 40 || true
fi
printf '\nthe whole took %d s\n%d passed, %d failed\n' $((SECONDS - begin)) $((total - failed)) "$failed"
exit "$status"
