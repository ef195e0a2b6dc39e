#!/bin/sh
# A hook of momentsd: has Jellyfin look through its libraries, of which one holds the outbox.
# Wants JELLYFIN_URL and JELLYFIN_KEY (Dashboard, API Keys).
set -eu
: "${JELLYFIN_URL:?JELLYFIN_URL is not set}" "${JELLYFIN_KEY:?JELLYFIN_KEY is not set}"
curl --silent --show-error --fail --max-time 50 --request POST --data '' \
    --header "Authorization: MediaBrowser Token=\"$JELLYFIN_KEY\"" "$JELLYFIN_URL/Library/Refresh" >/dev/null
