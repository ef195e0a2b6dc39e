#!/usr/bin/env bash
# Holds the expected times of jobs against what they took.
#
#   Tests/campaigns/estimate.sh VIDEO…      each is one job, one after the other, in this order; some of one kind
#
# The first three jobs only teach; from the fourth on, an estimate more than a factor of 1.5 off is a fault.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built; KEEP=1 leaves the folders.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
(($# > 3)) || fail "usage: estimate.sh VIDEO… (more than three)"
set_up
start_daemon '[Intake]' 'SettleTime=1s'

printf '%-32s %9s %9s %7s\n' file expected took ratio
number=0 faults=0
for video in "$@"; do
    number=$((number + 1))
    name=$(printf '%02d' "$number")-${video##*/}
    ln -- "$video" "$place/inbox/$name" 2>/dev/null || cp -- "$video" "$place/inbox/$name"
    until [[ $(jq -r .status "$place/inbox/$name.moments.json" 2>/dev/null) =~ ^(completed|failed)$ ]]; do
        check_daemon
        sleep 0.2
    done
    IFS=$'\t' read -r status expected took ratio < <(
        jq -r '[.status, .estimated_time // "-", .processing_time,
                (if .estimated_time then .estimated_time / .processing_time * 100 | round / 100 else "-" end)] | @tsv' \
            "$place/inbox/$name.moments.json"
    )
    [[ $status == completed ]] || fail "'$video' failed"
    printf '%-32s %9s %9s %7s\n' "${video##*/}" "$expected" "$took" "$ratio"
    if ((number > 3)) && [[ $(jq -n "$ratio > 1.5 or $ratio < 1 / 1.5") == true ]]; then faults=$((faults + 1)); fi
    rm -- "$place/inbox/$name"
done
echo "$faults more than a factor of 1.5 off"
((faults == 0))
