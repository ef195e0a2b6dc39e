#!/usr/bin/env bash
# What edits teach: editors with hidden preferences change reels of judged clips, and their own best is looked for in reels
# of clips that they did not edit.
#
#   Tests/campaigns/taste.sh FOLDER [CACHE]
#
# FOLDER holds clips with NAME.truth.json, as for moments bench --judged. Fails where the mean over the editors rises by less
# than 0.10 after 10 edits or 0.15 after 30, or where an editor at random harms by more than 0.02, or a poisoner by more
# than 0.05. MOMENTS_PROGRAMS=FOLDER takes programs that are already built. Needs jq.
set -euo pipefail

folder=$(realpath -- "${1:?FOLDER with judged clips}")
cache=$(realpath -m -- "${2:-${TMPDIR:-/tmp}/moments-taste-cache}")
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then
    cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
    swift build -c release --product moments
    swift build -c release --product moments-worker
    programs=$PWD/.build/release
fi

rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
"$programs/moments" bench --taste "$folder" --cache "$cache" --json | tee "$rows" |
    jq -r '[.editor, .edited, .measured, .before, .after_10, .after_30, (.changes[:2] | join("; "))] | @tsv'
jq -es '
    map(select(.editor != "random" and .editor != "poisoner")) as $own
    | {after_10: ($own | map(.after_10) | add / length), after_30: ($own | map(.after_30) | add / length),
       random: (map(select(.editor == "random")) | map([.after_10, .after_30] | min) | min),
       poisoner: (map(select(.editor == "poisoner")) | map([.after_10, .after_30] | min) | min)}
    | ., (.after_10 >= 0.10 and .after_30 >= 0.15 and .random >= -0.02 and .poisoner >= -0.05)
' "$rows"
