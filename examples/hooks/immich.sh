#!/bin/sh
# A hook of momentsd: has Immich look through an external library that holds the outbox.
# Wants IMMICH_URL, IMMICH_KEY (Account Settings, API Keys) and IMMICH_LIBRARY (the library's identifier).
set -eu
: "${IMMICH_URL:?IMMICH_URL is not set}" "${IMMICH_KEY:?IMMICH_KEY is not set}" "${IMMICH_LIBRARY:?IMMICH_LIBRARY is not set}"
curl --silent --show-error --fail --max-time 50 --request POST --data '' --header "x-api-key: $IMMICH_KEY" \
    "$IMMICH_URL/api/libraries/$IMMICH_LIBRARY/scan" >/dev/null
