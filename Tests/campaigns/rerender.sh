#!/usr/bin/env bash
# Holds another reel of a finished video against the first one: how much less work it is, and that it shows the same as
# one made from nothing.
#
#   Tests/campaigns/rerender.sh VIDEO [MOMENTS-RERENDER-OPTIONS…]      default: --ban shot_003
#
# A first reel, another one after `moments rerender`, and the same once more with nothing encoded before, each by the
# daemon; then the pictures of the last two are decoded and compared. Fails where they differ, or where the second one takes more than
# 0.3 of the first one's time, both by the clock and by the processor. KEY=VALUE in HIGHLIGHT, such
# as HIGHLIGHT='Quality=high', goes into the configuration; LIMIT=0.3 is the bound.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
video=$(realpath -- "${1:?usage: rerender.sh VIDEO [OPTIONS…]}")
shift
wishes=("$@")
((${#wishes[@]})) || wishes=(--ban shot_003)
set_up
file=$place/inbox/film.${video##*.}
# What an edit teaches would change the choice of the third run.
start_daemon '[Intake]' SettleTime=300ms '[Highlight]' Learn=off "${HIGHLIGHT:-Quality=auto}"

# The processor's seconds of all workers that have ended.
spent() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($14 + $15) / tick }' "/proc/$daemon/stat"; }

# Waits for a job to be done that is not the one named, and tells of it: number of the run, job before.
await_job() {
    local number=$1 before=$2 spent_before=$3 manifest tries
    for ((tries = 0; tries < 9000; tries++)); do
        check_daemon
        manifest=$(manifest_of "$file")
        [[ ! -s $manifest ]] || case $(jq -r '.status + " " + (.completed_at // "")' "$manifest" 2>/dev/null) in
            "completed $before") ;;
            completed*) break ;;
            failed*) fail "it failed: $(jq -c .error "$manifest")" ;;
        esac
        sleep 0.2
    done
    [[ $(jq -r .status "$manifest") == completed ]] || fail "nothing was made within half an hour"
    jq --argjson processor "$(jq -n "$(spent) - $spent_before")" '
        def seconds: . as $text | (sub("\\.[0-9]+"; "") | fromdate)
            + ([$text | capture("(?<part>\\.[0-9]+)").part | "0" + . | tonumber] | first // 0);
        {wall: .processing_time, processor: $processor, completed_at, folder: .result.folder,
         stages: [.stages[] | select(.started_at and .completed_at)
             | {(.name): ((.completed_at | seconds) - (.started_at | seconds) | . * 100 | round / 100)}] | add}' \
        "$manifest" >"$place/run$number"
    jq -r --arg number "$number" '"\($number): \(.wall) s, processor \(.processor * 100 | round / 100) s; stages \(.stages | tojson)"' \
        "$place/run$number"
}
made() { jq -r .completed_at "$place/run$1"; }
reel() { echo "$place/outbox/$(jq -r .folder "$place/run$1")/highlight.mp4"; }

before=$(spent)
cp -- "$video" "$place/inbox/.coming"
mv -- "$place/inbox/.coming" "$file"
await_job 1 '' "$before"
echo "kept: $(du -sh "$place/outbox/.momentsd" | cut -f1)"
before=$(spent)
"$programs/moments" rerender "$file" --config "$place/momentsd.conf" "${wishes[@]}" >/dev/null
await_job 2 "$(made 1)" "$before"
# The same choice with everything encoded: what was encoded before goes.
rm -rf -- "$place/outbox/.momentsd/findings/"*.pieces
before=$(spent)
rm -f -- "$(manifest_of "$file")"
await_job 3 "$(made 2)" "$before"

pictures() { ffmpeg -nostdin -v error -i "$(reel "$1")" -map 0:v -fps_mode passthrough -f framemd5 - | grep -v '^#'; }
if ! cmp -s <(pictures 2) <(pictures 3); then fail "the second reel does not show what one made from nothing shows"; fi
echo "the second reel shows what one made from nothing shows: $(pictures 2 | wc -l) pictures"
jq -n --slurpfile first "$place/run1" --slurpfile second "$place/run2" --argjson limit "${LIMIT:-0.3}" '
    {wall: ($second[0].wall / $first[0].wall), processor: ($second[0].processor / $first[0].processor)}
    | "another reel takes \(.wall * 1000 | round / 1000) of the first one'"'"'s time, \(.processor * 1000 | round / 1000) of its processor time",
      if ([.wall, .processor] | min) > $limit then error("more than \($limit)") else empty end'
