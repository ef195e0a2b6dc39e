#!/usr/bin/env bash
# Makes the man pages and the shells' completions of what the programs, the configuration file and the schema say.
#
#   systemd/pages/make.sh PROGRAMS FOLDER      PROGRAMS holds momentsd and moments; FOLDER is made
#
# The date in the pages is that of SOURCE_DATE_EPOCH, else today.
set -euo pipefail
if (($# != 2)); then
    sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
fi
programs=$1 folder=$2
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
date=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%d)
mkdir -p "$folder"
table=$("$programs/moments" help --json)
version=$(jq -r .version <<<"$table")

made() { jq -r --arg date "$date" --arg version "$version" -f "$here/$1" "${@:2}"; }
made man.jq <<<"$table" >"$folder/moments.1"
made manifest.jq "$root/examples/schemas/manifest.schema.json" >"$folder/momentsd-manifest.5"
awk -v date="$date" -v version="$version" -f "$here/conf.awk" "$root/systemd/momentsd.conf" >"$folder/momentsd.conf.5"
"$programs/momentsd" --help | awk -v date="$date" -v version="$version" -f "$here/daemon.awk" >"$folder/momentsd.8"
printf '.so man8/momentsd.8\n' >"$folder/moments-worker.8"
made bash.jq <<<"$table" >"$folder/moments.bash"
made zsh.jq <<<"$table" >"$folder/moments.zsh"
made fish.jq <<<"$table" >"$folder/moments.fish"
