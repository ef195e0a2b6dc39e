#!/bin/sh
# A hook of momentsd: fires the event "momentsd" in Home Assistant, with event, message, name and folder as its data.
# Wants HASS_URL and HASS_TOKEN (a long-lived access token).
set -eu
: "${HASS_URL:?HASS_URL is not set}" "${HASS_TOKEN:?HASS_TOKEN is not set}"
jq -n --arg event "$MOMENTS_EVENT" --arg message "$MOMENTS_MESSAGE" --arg name "${MOMENTS_NAME:-}" \
    --arg folder "${MOMENTS_RESULT:-}" '{event: $event, message: $message, name: $name, folder: $folder}' \
    | curl --silent --show-error --fail --max-time 50 --header "Authorization: Bearer $HASS_TOKEN" \
        --header 'Content-Type: application/json' --data-binary @- "$HASS_URL/api/events/momentsd" >/dev/null
