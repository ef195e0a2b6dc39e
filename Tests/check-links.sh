#!/usr/bin/env bash
# Proves of the built programs that the two wings stay apart.
#
#   Tests/check-links.sh FOLDER      where momentsd, moments-worker and moments were built
#
# The daemon reaches no media library, not even through another library. The worker names neither the service
# manager's library nor the HTTP server's: Debian's libavformat may bring libsystemd along by itself, so that
# for the worker its own list and the symbols it asks for decide, and what comes along is only shown.
set -euo pipefail
folder=${1:?where the programs were built}
media='^lib(av[a-z]+|sw[a-z]+|postproc|ebur128|heif|exif|x264|x265|opencv_[a-z]+|pango[a-z]*-1.0|cairo)\.so'
service='^lib(systemd|microhttpd)\.so'
faults=0

direct() { readelf -d "$folder/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
all() { ldd "$folder/$1" | awk '{ print $1 }'; }
fault() {
    printf 'FAULT  %s\n' "$*"
    faults=$((faults + 1))
}

# Says which libraries of a list match, where none may: program, how it is reached, list, pattern.
refuse() {
    local found
    found=$(grep -E "$4" <<<"$3" | tr '\n' ' ' || true)
    if [[ -n $found ]]; then fault "$1 $2 $found"; else printf 'ok     %s %s none of %s\n' "$1" "$2" "$4"; fi
}

for program in momentsd moments-worker moments; do
    [[ -x $folder/$program ]] || fault "$folder/$program is not there"
done
((faults == 0)) || exit 1

for program in momentsd moments; do
    refuse "$program" "reaches" "$(all "$program")" "$media"
    # The whole of Foundation and its tables cost the daemon more memory than everything else together.
    refuse "$program" "reaches" "$(all "$program")" '^lib(Foundation|_FoundationICU)\.so'
done
refuse moments-worker "links" "$(direct moments-worker)" "$service"
refuse moments-worker "asks for" "$(nm -D --undefined-only "$folder/moments-worker" | awk '{ print $NF }')" '^(sd_|MHD_)'
along=$(all moments-worker | grep -E "$service" | tr '\n' ' ' || true)
[[ -z $along ]] || printf 'note   moments-worker: %scomes along with a media library of Debian\n' "$along"

((faults == 0))
