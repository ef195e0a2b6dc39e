#!/usr/bin/env python3
"""Has a result's timelines, chapters and scrub bar read by other people's programs, and holds them against its data.

Usage: readers.py RESULT VIDEO [FCPXML.dtd]

Needs opentimelineio with the adapters for CMX 3600 and FCPXML, and webvtt-py. Prints what differs.
"""
import fractions
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

import opentimelineio as otio
import webvtt


def probe(path, *options):
    words = ["ffprobe", "-v", "error", "-of", "json", *options, str(path)]
    return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)


def clips(result, name, rate):
    """The video clips of a timeline as (first frame in the source, count of frames), from the media's start."""
    path = result / name
    timeline = otio.adapters.read_from_file(str(path), **({"rate": float(fractions.Fraction(rate))} if path.suffix == ".edl" else {}))
    if not isinstance(timeline, otio.schema.Timeline):
        timeline = next(iter(timeline.find_children(descended_from_type=otio.schema.Timeline)))
    tracks = [track for track in timeline.tracks if track.kind == otio.schema.TrackKind.Video] or list(timeline.tracks)
    found = []
    for clip in tracks[0].find_clips():
        span = clip.source_range
        media = getattr(clip.media_reference, "available_range", None)
        found.append((span.start_time.value, span.duration.value, span.start_time.rate,
                      media.start_time.value if media else None))
    return found, timeline


def spoken(path):
    """The clips of an FCPXML as it states them, in fractions of a second: (first in the source's time, length)."""
    def time(text):
        return fractions.Fraction(text.rstrip("s"))
    root = xml.etree.ElementTree.parse(path).getroot()
    return [(time(clip.get("start", "0s")), time(clip.get("duration"))) for clip in root.iter("asset-clip")]


def timelines(result, rate, start, slack, faults):
    wanted = {
        "highlight": [(shot["in"], shot["out"]) for shot in json.loads((result / "highlight.json").read_text())["shots"]],
        "scenes": [(scene["start"], scene["end"]) for scene in json.loads((result / "scenes.json").read_text())["scenes"]],
    }
    read = 0
    for stem, ranges in wanted.items():
        for ending in ("otio", "edl", "fcpxml"):
            name = f"{stem}.{ending}"
            try:
                found, timeline = clips(result, name, rate)
            except Exception as error:  # whatever a foreign reader throws is what there is to tell
                faults.append(f"{name}: {type(error).__name__} {error}")
                continue
            read += 1
            if len(found) != len(ranges):
                faults.append(f"{name}: {len(found)} clips instead of {len(ranges)}")
                continue
            exact = fractions.Fraction(rate)
            if ending == "fcpxml":
                # The adapter makes 29 of 29.97: what the file itself says counts, and it must fall on frames.
                found = [(first * exact, count * exact, float(exact), None) for first, count in spoken(result / name)]
                if any(value.denominator != 1 for clip in found for value in clip[:2]):
                    faults.append(f"{name}: times between frames")
            for (first, count, clip_rate, media_start), (begin, end) in zip(found, ranges):
                if abs(clip_rate - float(exact)) > 0.005:
                    faults.append(f"{name}: {clip_rate} frames a second instead of {float(exact):.3f}")
                begin, end = (round(fractions.Fraction(str(t)) * exact) for t in (begin, end))
                zero = media_start if media_start is not None else start
                if abs(first - zero - begin) > slack or abs(count - (end - begin)) > slack:
                    faults.append(f"{name}: {first - zero}+{count} instead of {begin}+{end - begin}")
            if stem == "highlight":
                marked = sum(len(clip.markers) for clip in timeline.find_clips()) + len(timeline.tracks.markers)
                if not marked:
                    faults.append(f"{name}: no reasons")
    return f"{read} timelines"


def well_formed(result, dtd, faults):
    for path in sorted(result.glob("*.fcpxml")) + sorted(result.glob("*.mlt")):
        words = ["xmllint", "--noout", "--nonet"]
        if dtd and path.suffix == ".fcpxml":
            words += ["--dtdvalid", dtd]
        outcome = subprocess.run([*words, str(path)], capture_output=True, text=True)
        if outcome.returncode:
            faults.append(f"{path.name}: {outcome.stderr.splitlines()[0]}")


def numbers(raw, width, height):
    """The number each grey picture carries as sixteen bars, along its longer side."""
    size, found = width * height, []
    for start in range(0, len(raw) - size + 1, size):
        number = 0
        for bit in range(16):
            if width > height:
                place = height // 2 * width + int((bit + 0.5) * width / 16)
            else:
                place = int((bit + 0.5) * height / 16) * width + width // 2
            number += (raw[start + place] > 127) << bit
        found.append(number)
    return found


def played(result, video, rate, slack, faults):
    """Every picture melt plays of the reel's timeline is the source's of that time."""
    frames = probe(video, "-select_streams", "v:0", "-show_entries", "packet=pts_time")["packets"]
    times = sorted(float(frame["pts_time"]) for frame in frames)
    path = result / "melt.avi"
    subprocess.run(["melt", str(result / "highlight.mlt"), "-consumer", f"avformat:{path}", "vcodec=ffv1", "an=1",
                    "real_time=-1"], check=True, capture_output=True)
    stream = probe(path, "-select_streams", "v:0", "-show_entries", "stream=width,height")["streams"][0]
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode",
                          "passthrough", "-"], check=True, capture_output=True).stdout
    path.unlink()
    shown = numbers(raw, stream["width"], stream["height"])
    exact, expected = fractions.Fraction(rate), []
    for shot in json.loads((result / "highlight.json").read_text())["shots"]:
        first, end = (round(fractions.Fraction(str(shot[key])) * exact) for key in ("in", "out"))
        for frame in range(first, end):
            # The last picture that has begun when the frame is shown.
            moment = float(frame / exact) + times[0] + 0.0006
            expected.append(sum(time <= moment for time in times) - 1)
    if abs(len(shown) - len(expected)) > slack * 3:
        faults.append(f"melt plays {len(shown)} pictures instead of {len(expected)}")
    wrong = [(number, want) for number, want in zip(shown, expected) if abs(number - want) > slack * 2]
    if wrong:
        faults.append(f"melt plays {len(wrong)} of {len(expected)} pictures that are others, the first {wrong[0]}")
    return f"{len(shown)} pictures by melt"


def chapters(result, video, faults):
    path = result / "with-chapters.mkv"
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(video), "-i", str(result / "chapters.ffmetadata"),
                    "-map", "0:v", "-map", "0:a", "-map_metadata", "1", "-c", "copy", str(path)], check=True)
    read = probe(path, "-show_chapters")["chapters"]
    path.unlink()
    scenes = json.loads((result / "scenes.json").read_text())["scenes"]
    if [round(float(c["start_time"]), 3) for c in read] != [round(s["start"], 3) for s in scenes]:
        faults.append("ffprobe reads other chapters")
    cues = list(webvtt.read(str(result / "chapters.vtt")))
    if len(cues) != len(scenes):
        faults.append(f"chapters.vtt has {len(cues)} cues")
    return f"{len(read)} chapters"


def scrub_bar(result, duration, faults):
    sheet = probe(result / "sprite.jpg", "-show_entries", "stream=width,height")["streams"][0]
    cues, end = list(webvtt.read(str(result / "sprite.vtt"))), 0.0
    for cue in cues:
        x, y, width, height = map(int, cue.text.split("#xywh=")[1].split(","))
        if x + width > sheet["width"] or y + height > sheet["height"] or not width or not height:
            faults.append(f"sprite.vtt: {cue.text} outside of {sheet}")
        if abs(cue.start_in_seconds - int(end)) > 1:
            faults.append(f"sprite.vtt: a gap before {cue.start}")
        end = cue.end_in_seconds
    if abs(end - duration) > 1:
        faults.append(f"sprite.vtt ends at {end} of {duration} s")
    return f"{len(cues)} regions"


def main(result, video, dtd=None):
    result, faults = pathlib.Path(result), []
    metadata = json.loads((result / "metadata.json").read_text())
    stream = probe(video, "-select_streams", "v:0", "-show_entries", "stream=r_frame_rate:stream_tags=timecode")["streams"][0]
    rate = stream["r_frame_rate"]
    # A recorder's timecode is where the media begins, for formats that do not say so themselves.
    timecode, start = stream.get("tags", {}).get("timecode"), 0
    if timecode:
        start = otio.opentime.from_timecode(timecode, float(fractions.Fraction(rate))).value
    slack = 0.01
    if metadata["variable_frame_rate"]:
        # Editors have none: such a video is edited at a rate near its own, to the frame.
        rate, slack = "30/1", 1.01
    told = [timelines(result, rate, start, slack, faults)]
    well_formed(result, dtd, faults)
    told += [played(result, video, rate, slack, faults), chapters(result, video, faults),
             scrub_bar(result, metadata["duration"], faults)]
    print("; ".join(faults) or ", ".join(told) + (", valid by the DTD" if dtd else ""))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
