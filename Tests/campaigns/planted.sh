#!/usr/bin/env bash
# Finds the moments of videos whose moments are known, and says how many were found.
#
#   Tests/campaigns/planted.sh FOLDER [SECONDS]      FOLDER/*.mp4 with *.truth.json beside each; SECONDS of reel, 30
#
# A planted event is found when 1.5 s of it (or half, if it is shorter) are in the reel. Recall is the share found of as
# many as the reel could show at 3 s each; precision is the share of the reel inside events. Where SCORER names a program,
# it is given each truth and highlight.json too, and its words are printed. KEEP=1 leaves the folders.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
folder=${1:?usage: planted.sh FOLDER [SECONDS]}
target=${2:-30}
set_up

printf '%-40s %6s %6s %7s %9s %6s %8s\n' file found of recall precision reel seconds
low=0
for video in "$folder"/*.mp4; do
    truth=${video%.mp4}.truth.json
    [[ -f $truth ]] || continue
    begin=$(date +%s.%N)
    "$programs/moments" run "$video" -o "$place/outbox" --target-duration "$target" >"$place/run.log" 2>&1 \
        || fail "'$video' failed: $(tail -n 2 "$place/run.log")"
    took=$(jq -n "$(date +%s.%N) - $begin | . * 10 | round / 10")
    name=${video##*/}
    highlight=$place/outbox/${name%.mp4}/highlight.json
    IFS=$'\t' read -r found possible recall precision reel < <(
        jq -r --slurpfile truth "$truth" -f "$root/Tests/campaigns/planted.jq" "$highlight"
    )
    printf '%-40s %6s %6s %7s %9s %6s %8s\n' "$name" "$found" "$possible" "$recall" "$precision" "$reel" "$took"
    if [[ $(jq -n "$recall < 0.8") == true ]]; then low=$((low + 1)); fi
    if [[ -n ${SCORER:-} ]]; then "$SCORER" "$truth" "$highlight" || true; fi
done
echo "$low below a recall of 0.8"
((low == 0))
