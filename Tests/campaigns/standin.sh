# shellcheck shell=bash disable=SC2154
# Sourced by the campaigns that try the service rather than the pictures: a worker that only copies.

# Writes a stand-in for moments-worker to $place/worker: it notes when it was started and what it read, takes SECONDS,
# and makes a result that names the content it was made of.
make_worker() {
    cat >"$place/worker" <<'WORKER'
#!/usr/bin/env bash
read -r spec
folder=${0%/*}
source=$(jq -r .source <<<"$spec") staging=$(jq -r .staging <<<"$spec")
mapfile -t album < <(jq -r '.album[]?.path' <<<"$spec")
if ((${#album[@]} > 0)); then digest=$(sha256sum "${album[@]}" | cut -c 1-64 | sort | sha256sum)
else digest=$(sha256sum "$source"); fi
digest=${digest%% *}
printf '%s %s %s\n' "$EPOCHREALTIME" "${digest#\\}" "${source##*/}" >>"$folder/starts"
say() { printf '%s\n' "$1"; }
say '{"event":"started","version":"stand-in","pid":1}'
for stage in probe analyze render; do
    say '{"event":"stage_started","stage":"'"$stage"'"}'
    sleep "$(cat "$folder/pause")"
    say '{"event":"stage_completed","stage":"'"$stage"'"}'
done
printf '%s\n' "${digest#\\}" >"$staging/highlight.mp4" || exit 1
own=$(sha256sum "$staging/highlight.mp4")
say '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":65,"sha256":"'"${own%% *}"'"}],"input_duration":10,"output_duration":5,"segments_selected":2}}'
WORKER
    chmod 755 "$place/worker"
    printf '%s\n' "${1:-0.05}" >"$place/pause"
    : >"$place/starts"
}

# Writes a file of SIZE bytes that begins like no container, with content of its own.
make_video() {
    { printf 'video %s %s\n' "$1" "$RANDOM$RANDOM$RANDOM"; head -c "${2:-2000}" /dev/urandom; } >"$1"
}

# Compares inbox and outbox: every video completed, each content in exactly one result, nothing partial, nothing left.
# Each folder of several videos with ALBUMS=1 has one more result, of all of them. Prints one line of figures; 0 where all
# is as it must be.
judge() {
    local inbox=${1:-$place/inbox} outbox=${2:-$place/outbox}
    local videos=0 completed=0 albums=0 wrong=0 results=0 partial=0 left double video folder digest made status files
    while IFS= read -r -d '' video; do
        videos=$((videos + 1))
        status=$(jq -r .status "$video.moments.json" 2>/dev/null || true)
        if [[ $status != completed ]]; then continue; fi
        completed=$((completed + 1))
        folder=$(jq -r .result.folder "$video.moments.json")
        digest=$(sha256sum "$video") made=$(cat "$outbox/$folder/highlight.mp4" 2>/dev/null || true)
        [[ ${digest%% *} == "$made" ]] || wrong=$((wrong + 1))
    done < <(find "$inbox" -type f ! -name '*.moments.json' ! -name '*.broken-*' ! -name '.*' -print0)
    while [[ -n ${ALBUMS:-} ]] && IFS= read -r -d '' video; do
        mapfile -t -d '' files < <(find "$video" -maxdepth 1 -type f ! -name '*.json' ! -name '*.broken-*' ! -name '.*' -print0)
        ((${#files[@]} > 1)) || continue
        albums=$((albums + 1))
        folder=$(jq -r 'select(.status == "completed").result.folder' "$video/album.moments.json" 2>/dev/null || true)
        digest=$(sha256sum "${files[@]}" | cut -c 1-64 | sort | sha256sum)
        made=$(cat "$outbox/${folder:-none}/highlight.mp4" 2>/dev/null || true)
        [[ ${digest%% *} == "$made" ]] || wrong=$((wrong + 1))
    done < <(find "$inbox" -mindepth 1 -type d -print0)
    while IFS= read -r -d '' folder; do
        results=$((results + 1))
        [[ $(ls "$folder") == $'highlight.mp4\nmanifest.json' ]] || partial=$((partial + 1))
    done < <(find "$outbox" -mindepth 1 -type d \( -name .momentsd -o -name .gallery -o -name lost+found \) -prune -o -mindepth 1 -type d \
        \( -empty -o -exec sh -c 'find "$1" -maxdepth 1 -type f | grep -q .' sh {} \; \) -print0)
    double=$(find "$outbox" -mindepth 2 -name highlight.mp4 ! -path '*/.momentsd/*' -exec cat {} + | sort | uniq -d | wc -l)
    left=$(find "$outbox/.momentsd" -mindepth 1 ! -name lock ! -path '*/findings*' ! -path '*/.momentsd/album*' | wc -l)
    echo "$videos videos, $completed completed, $albums albums, $results results, $wrong wrong, $partial partial, $double double, $left left in staging"
    ((videos == completed && videos + albums == results && wrong == 0 && partial == 0 && double == 0 && left == 0))
}
