#!/usr/bin/env bash
# Everything momentsd exports for editors and players, read by other people's programs.
#
#   Tests/campaigns/readers.sh [FCPXML.dtd]
#
# OpenTimelineIO with its adapters (from PyPI, in an environment of its own) reads OTIO, EDL and FCPXML; xmllint holds
# the FCPXML against the DTD where one is given (Apple gives it away with Final Cut Pro); melt plays the MLT, of which
# every picture must be the source's; ffprobe reads the chapters; webvtt-py the scrub bar's map, whose regions must lie
# inside the sheet. The sources carry their pictures' numbers as bars: whole and fractional rates, with a timecode that
# drops frames, upright, and with uneven times.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare melt libxml2-utils python3-venv
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
dtd=${1:-}
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-readers.XXXXXX")
trap '[[ -n ${KEEP:-} ]] || rm -rf -- "$place"' EXIT
python=${MOMENTS_READERS:-$place/python}
if [[ ! -x $python/bin/python ]]; then
    python3 -m venv "$python"
    "$python/bin/pip" install -q opentimelineio otio-cmx3600-adapter otio-fcpx-xml-adapter webvtt-py
fi
bars="geq=lum='if(mod(floor(N/pow(2,floor(X/20))),2),225,25)':cb=128:cr=128"
faults=0

# Makes a source of twenty seconds, does the job, and has everything read: a name, the rate, and ffmpeg's options.
show() {
    local name=$1 rate=$2 outcome
    shift 2
    ffmpeg -nostdin -v error -y -f lavfi -i "color=gray:s=320x64:r=$rate:d=20,$bars" -f lavfi -i sine=d=20:r=48000 \
        -c:v libx264 -preset veryfast -g 40 -pix_fmt yuv420p -c:a aac "$@" "$place/$name"
    rm -rf "$place/out" && mkdir "$place/out"
    jq -cn --arg file "$place/$name" --arg out "$place/out" --arg name "$name" '
        {schema: "momentsd.job/1", job_id: "0", source: $file, name: $name, staging: $out, lifeline: false,
         options: {segments: [{in: 1.52, out: 4.4}, {in: 6.04, out: 9.36}, {in: 12.6, out: 15.24}]}}' |
        "$programs/moments-worker" >"$place/events" 2>&1 || { tail -n 1 "$place/events"; faults=$((faults + 1)); return; }
    outcome=$("$python/bin/python" "$root/Tests/campaigns/readers.py" "$place/out" "$place/$name" ${dtd:+"$dtd"}) ||
        faults=$((faults + 1))
    printf '%-20s %s\n' "$name" "$outcome"
}

show plain.mp4 25
show film.mkv 24000/1001
show drop.mov 30000/1001 -timecode '01:00:00;00'
show fast.mp4 60
show upright.mp4 25 -vf transpose=1
# Of twenty times six have no picture; those that have one are numbered without a gap.
show variable.mp4 50 -vf "setpts='(20*floor(N/14)+mod(N,14)+6*gte(mod(N,14),4))/50/TB'" -fps_mode vfr -t 20
printf '%d faults\n' "$faults"
((faults == 0))
