#!/bin/sh
# A hook of momentsd: runs every program of FOLDER, in the order of their names, each with the same input.
# Its status is that of the first that failed; those that went well run again with it, so they should not mind.
#
#   all.sh FOLDER
set -eu
folder=${1:?which folder?}
input=$(mktemp)
trap 'rm -f "$input"' EXIT
cat >"$input"
status=0
for program in "$folder"/*; do
    [ -x "$program" ] || continue
    "$program" <"$input" || { [ "$status" != 0 ] || status=$?; echo "$program failed" >&2; }
done
exit "$status"
