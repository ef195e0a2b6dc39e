#!/usr/bin/env bash
# Drops every file of an edge-case folder into an inbox, and holds what became of each against what should.
#
#   Tests/campaigns/edge.sh FOLDER      with FOLDER/manifest.json: a list of
#                                       {"file_hex": …, "expect": …, "reason": …}, names as bytes in hexadecimal
#
# Prints a line for each file: verdict, what was wanted, what came, seconds. The sources must be left as they were,
# and each completed one must have exactly one folder in the outbox. KEEP=1 leaves the folders.
set -euo pipefail
# Names are bytes here.
export LC_ALL=C
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
edge=${1:?usage: edge.sh FOLDER}
[[ -f $edge/manifest.json ]] || fail "'$edge' holds no manifest.json"
set_up

damaged='CorruptMedia DecodeFailed NoVideoStream UnsupportedFormat VerificationFailed RenderFailed TooShort'
declare -A refused=(
    [empty]='CorruptMedia UnsupportedFormat' [no-index]='CorruptMedia UnsupportedFormat'
    [not-media]='UnsupportedFormat CorruptMedia' [no-video]='NoVideoStream UnsupportedFormat'
    [encrypted]='UnsupportedFormat DecodeFailed CorruptMedia' [unreadable]='ReadFailed'
)

# Whether a failure's kind is one of those allowed.
allowed() { [[ " $2 " == *" $1 "* ]]; }

# Whether an end is right: expect, reason, status, error.
right() {
    case $1/$3 in
        ignore/-) true ;;
        process/completed | minimal/completed | salvage/completed) true ;;
        minimal/failed) [[ $4 == TooShort ]] ;;
        salvage/failed) allowed "$4" "$damaged" ;;
        reject/failed) allowed "$4" "${refused[$2]:-}" ;;
        reject/uploading) [[ $2 == empty || $2 == no-index ]] ;;
        *) false ;;
    esac
}

start_daemon '[Intake]' 'SettleTime=1s' 'GiveUpAfter=3s' 'Duplicates=process'
cp -a -- "$edge/." "$place/inbox/"
rm -- "$place/inbox/manifest.json"
wait_quiet 8 3000
check_daemon

good=0 bad=0
while IFS=$'\t' read -r hex expect reason; do
    printf -v name '%b' "$(sed 's/../\\x&/g' <<<"$hex")"
    video=$place/inbox/$name
    # Links are never followed: one that stays inside the inbox is left alone, one that leads out is refused by name.
    if [[ -L $video && $expect != reject ]]; then expect=ignore; fi
    # Root may read everything.
    if [[ $reason == unreadable && $EUID == 0 ]]; then expect=process; fi
    manifest=$(manifest_of "$video")
    status='-' error='' seconds=''
    if [[ -n $manifest ]]; then
        IFS=$'\t' read -r status error seconds < <(
            jq -r '[.status, .error.error // "-", .processing_time // 0] | @tsv' "$manifest"
        )
    fi
    verdict=ok
    right "$expect" "$reason" "$status" "$error" || verdict=WRONG
    if [[ -f $edge/$name && ! -L $edge/$name ]]; then
        cmp -s -- "$edge/$name" "$video" || verdict=TOUCHED
        [[ $(stat -c %Y -- "$edge/$name") == $(stat -c %Y -- "$video") ]] || verdict=TOUCHED
    fi
    if [[ $verdict == ok ]]; then good=$((good + 1)); else bad=$((bad + 1)); fi
    printf '%-8s %-9s %-10s %-11s %-20s %8s  %q\n' \
        "$verdict" "$expect" "${reason/#null/}" "$status" "${error/#-/}" "$seconds" "$name"
done < <(jq -r '.[] | [.file_hex, .expect, .reason // "-"] | @tsv' "$edge/manifest.json")

completed=$(find "$place/inbox" -name '*.moments.json' -print0 \
    | xargs -0 -r jq -r 'select(.status == "completed") | .job_id' | wc -l)
published=$(find "$place/outbox" -path "$place/outbox/.momentsd" -prune -o -name manifest.json -print0 | tr -dc '\0' | wc -c)
if ((published != completed)); then
    echo "WRONG: $completed completed, but $published results in the outbox"
    bad=$((bad + 1))
fi
echo "$good right, $bad wrong"
((bad == 0))
