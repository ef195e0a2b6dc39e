#!/bin/sh
# A hook of momentsd: sends a mail to each ADDRESS.
#
#   mail.sh ADDRESS…
set -eu
[ $# -gt 0 ] || { echo "which address?" >&2; exit 2; }
{
    printf 'To: %s\n' "$(printf '%s, ' "$@" | sed 's/, $//')"
    # A header is one line of plain text, whatever the video is called.
    printf 'Subject: momentsd: %s\n' "$(printf %s "${MOMENTS_NAME:-$MOMENTS_EVENT}" | tr -c '[:alnum:] ._-' '?')"
    printf 'Content-Type: text/plain; charset=utf-8\n\n%s\n' "$MOMENTS_MESSAGE"
    if [ -n "${MOMENTS_RESULT:-}" ]; then printf '\n%s\n' "$MOMENTS_RESULT"; fi
} | /usr/sbin/sendmail -oi -- "$@"
