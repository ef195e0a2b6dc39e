#!/bin/sh
# A hook of momentsd: posts the manifest as JSON to WEBHOOK_URL, with WEBHOOK_TOKEN as a bearer's where it is set.
set -eu
: "${WEBHOOK_URL:?WEBHOOK_URL is not set}"
set -- --silent --show-error --fail --max-time 50 --header 'Content-Type: application/json' \
    --header "X-Momentsd-Event: $MOMENTS_EVENT"
if [ -n "${WEBHOOK_TOKEN:-}" ]; then set -- "$@" --header "Authorization: Bearer $WEBHOOK_TOKEN"; fi
curl "$@" --data-binary @- "$WEBHOOK_URL" >/dev/null
