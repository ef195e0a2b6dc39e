# shellcheck shell=bash
# Sourced by the campaigns: a momentsd of this checkout on temporary folders.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built; without it the release build is made first.

# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"

daemon=''
place=''
# Where inbox, outbox and state are, if not in $place; and a command put before the daemon's.
base=''
prefix=()
programs=''

# Finds or builds the programs, and makes the folders.
set_up() {
    prepare "$@"
    programs=${MOMENTS_PROGRAMS:-}
    if [[ -z $programs ]]; then
        build_release
    fi
    place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-campaign.XXXXXX")
    mkdir "$place/inbox" "$place/outbox" "$place/state" "$place/presets"
    trap tear_down EXIT
}

tear_down() {
    stop_daemon
    if [[ -n ${KEEP:-} ]]; then echo "the folders stay in $place"; else rm -rf -- "$place"; fi
}

# Starts the daemon; further arguments are lines for its configuration.
start_daemon() {
    {
        printf '[Folders]\nInbox=%s\nOutbox=%s\nState=%s\nPresets=%s\n' \
            "${base:-$place}/inbox" "${base:-$place}/outbox" "${base:-$place}/state" "$place/presets"
        printf '[Status]\nSocket=%s\n' "$place/status.sock"
        printf '%s\n' "$@"
    } >"$place/momentsd.conf"
    "${prefix[@]}" "$programs/momentsd" --config "$place/momentsd.conf" >>"$place/momentsd.log" 2>&1 &
    daemon=$!
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        [[ -z $(ask /health) ]] || return 0
        check_daemon
        sleep 0.1
    done
    fail "the status socket did not answer within 20 s"
}

stop_daemon() {
    [[ -n $daemon ]] || return 0
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
    daemon=''
}

check_daemon() { kill -0 "$daemon" 2>/dev/null || fail "momentsd stopped: $(tail -n 3 "$place/momentsd.log")"; }

# Asks the status socket; prints nothing where it does not answer.
ask() { curl -s --max-time 5 --unix-socket "$place/status.sock" "http://localhost$1" || true; }

# How many manifests stand at a status that is still going to change.
count_open() {
    find "$place/inbox" -name '*.moments.json' -print0 \
        | xargs -0 -r jq -r 'select(.status | IN("uploading", "pending", "processing")) | .job_id' | wc -l
}

# Waits until nothing has been open for QUIET seconds, at most LIMIT seconds.
wait_quiet() {
    local quiet=$1 limit=$2 since=$SECONDS begin=$SECONDS open
    while ((SECONDS - since < quiet)); do
        ((SECONDS - begin < limit)) || fail "not quiet after $limit s"
        check_daemon
        open=$(count_open)
        if ((open > 0)); then since=$SECONDS; fi
        sleep 0.5
    done
}

# The manifest beside a video, also where its name leaves no room for the suffix.
manifest_of() {
    local video=$1 digest found
    if [[ -f $video.moments.json ]]; then
        printf '%s' "$video.moments.json"
        return
    fi
    digest=$(printf '%s' "${video##*/}" | sha256sum | cut -c 1-8)
    for found in "${video%/*}"/*"~$digest.moments.json"; do
        [[ ! -f $found ]] || printf '%s' "$found"
    done
}
