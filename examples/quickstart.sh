#!/usr/bin/env bash
# From a fresh Debian 12 with Swift to a highlight: installs packages, builds, starts momentsd on temporary folders,
# drops a video into the inbox, shows what happens, and lists what lies in the outbox.
#
#   examples/quickstart.sh [FILE]      without a file: a demo video made on the spot
#
# Everything stays inside one temporary folder, which is left for looking into. The daemon is stopped at the end.
set -euo pipefail
if (($# > 1)) || [[ ${1:-} == -* ]]; then
    sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
fi
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../.ci/prepare.sh"
video=${1:-}
[[ -z $video || -f $video ]] || fail "'$video' is no file"
[[ -z $video ]] || video=$(realpath -- "$video")
cd "$root"
prepare

echo "building (some minutes the first time)"
build_release

place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-quickstart.XXXXXX")
mkdir "$place/inbox" "$place/outbox" "$place/state" "$place/presets"
if [[ -z $video ]]; then
    echo "making a demo video: calm stretches, and three lively ones with sound"
    video=$place/demo.mp4
    examples/make-demo.sh "$video"
fi
cat >"$place/momentsd.conf" <<CONF
[Folders]
Inbox=$place/inbox
Outbox=$place/outbox
State=$place/state
Presets=$place/presets
[Intake]
SettleTime=1s
GiveUpAfter=10s
[Status]
Socket=$place/status.sock
CONF

"$programs/momentsd" --config "$place/momentsd.conf" >"$place/momentsd.log" 2>&1 &
daemon=$!
stop() {
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
}
trap stop EXIT

# Asks the status socket; prints nothing where it does not answer yet.
ask() { curl -s --max-time 5 --unix-socket "$place/status.sock" "http://localhost$1" || true; }
alive() { kill -0 "$daemon" 2>/dev/null || fail "momentsd stopped; it said: $(tail -n 3 "$place/momentsd.log")"; }

for ((tries = 0; tries < 100; tries++)); do
    [[ -z $(ask /health) ]] || break
    alive
    sleep 0.1
done
echo "momentsd is $(ask /health | jq -r '.status // "silent"'); dropping '${video##*/}' into $place/inbox"
cp -- "$video" "$place/inbox/"

status='' shown=''
while [[ $status != completed && $status != failed ]]; do
    sleep 0.5
    alive
    job=$(ask '/jobs?limit=1' | jq -c '.jobs[0] // empty')
    [[ -n $job ]] || continue
    status=$(jq -r .status <<<"$job")
    line=$(jq -r '"\(.status)  \(.progress | floor) %  \(.message // "")"' <<<"$job")
    [[ $line == "$shown" ]] || printf '  %s\n' "$line"
    shown=$line
done

if [[ $status == failed ]]; then
    fail "the video was refused: $(jq -r .error.message <<<"$job") (folders: $place)"
fi
result=$place/outbox/$(jq -r '.result.folder | if type == "object" then error("a name in bytes") else . end' <<<"$job")
[[ -d $result ]] || fail "the manifest says completed, but '$result' is not there"

# Says what a file of the result is, in a few words.
describe() {
    case $1 in
        highlight.mp4) echo "the reel, $(ffprobe -v error -show_entries format=duration -of csv=p=0 "$result/$1") s" ;;
        highlight.json) echo "which $(jq '.shots | length' "$result/$1") moments, and why" ;;
        thumbnail.jpg | poster.jpg)
            echo "$(ffprobe -v error -show_entries stream=width,height -of csv=p=0:s=x "$result/$1") picture" ;;
        scenes.json | scenes.csv) echo "$(jq '.scenes | length' "$result/scenes.json") scenes" ;;
        metadata.json) echo "what the source is: $(jq '.streams | length' "$result/$1") streams, tags, capture time" ;;
        manifest.json) echo "how the job went: $(jq -r .processing_time "$result/$1") s" ;;
        *) echo "" ;;
    esac
}

printf '\nthe result, in %s\n' "$result"
for file in "$result"/*; do
    printf '  %-18s %9d bytes  %s\n' "${file##*/}" "$(stat -c %s "$file")" "$(describe "${file##*/}")"
done
printf '\nthe moments\n'
jq -r '.shots[] | "  \(.shot_id)  \(.in)–\(.out) s  \(.reasons | join(", "))"' "$result/highlight.json"
printf '\ndone; the folders stay in %s\n' "$place"
