#!/bin/sh
# A hook of momentsd: a message by ntfy (https://ntfy.sh or a server of your own), with the poster where there is one.
# Wants NTFY_URL, and NTFY_TOKEN where the topic is protected.
set -eu
: "${NTFY_URL:?NTFY_URL is not set}"
title=$(printf %s "${MOMENTS_NAME:-momentsd}" | tr -c '[:alnum:] ._-' '?')
case $MOMENTS_EVENT in complete) tag=clapper ;; *) tag=warning ;; esac
set -- --silent --show-error --fail --max-time 50 --header "Title: $title" --header "Tags: $tag"
if [ -n "${NTFY_TOKEN:-}" ]; then set -- "$@" --header "Authorization: Bearer $NTFY_TOKEN"; fi
poster=${MOMENTS_RESULT:-}/poster.jpg
if [ -f "$poster" ]; then
    message=$(printf %s "$MOMENTS_MESSAGE" | tr -c '[:alnum:] .,:;()/_-' '?')
    set -- "$@" --header "Filename: poster.jpg" --header "Message: $message" --upload-file "$poster"
else
    set -- "$@" --data-raw "$MOMENTS_MESSAGE"
fi
curl "$@" "$NTFY_URL" >/dev/null
