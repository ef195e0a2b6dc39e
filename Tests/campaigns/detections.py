#!/usr/bin/env python3
"""Holds the faces and people that momentsd finds against boxes drawn by eye, and draws who it follows.

  detections.py score TRUTH MOMENTS CONFIG PLACE FOLDER… [--half 1|2] [--faults OUT]
  detections.py tracks RESULT VIDEO OUT.png

Of `score`, each frame of TRUTH is held for two seconds in a video of its own, upright and without loss, and MOMENTS
makes its highlights in PLACE: whichever picture is looked at is that frame, by the size, the model and the thresholds
of any job. Clips are looked for in every FOLDER. --faults draws what was missed and wrongly found; --half takes every
other clip, to tune on one half and measure on the other. `tracks` draws stills of a video with the number of each track.
"""
import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import sys

#: The least overlap of a find and the truth, as the share of both together.
OVERLAP = {"faces": 0.4, "people": 0.5}
CLASSES = {"face": "faces", "person": "people"}
#: The height of who is to be found, as a share of the picture's, up to which sizes are told apart.
SIZES = {"faces": ((0.08, "small"), (0.15, "medium"), (9, "large")), "people": ((0.2, "small"), (0.5, "medium"), (9, "large"))}
COLORS = ("yellow", "cyan", "lime", "magenta", "orange", "red", "white", "violet", "aquamarine", "gold")


def quiet(*words):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, words)], check=True)


def shared(one, other):
    """The area that two boxes share."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)


def overlap(one, other):
    common = shared(one, other)
    return common / (one[2] * one[3] + other[2] * other[3] - common)


def match(finds, truth, ignored, least):
    """Pairs finds with the truth, each once, the best pair first.

    What is left over and lies by half in a part to be ignored, or is one of those, counts neither way.
    """
    pairs = sorted(((overlap(find, box), at, of) for at, find in enumerate(finds) for of, box in enumerate(truth)), reverse=True)
    found, used = set(), set()
    for worth, at, of in pairs:
        if worth >= least and at not in used and of not in found:
            used.add(at)
            found.add(of)
    false = [
        find for at, find in enumerate(finds) if at not in used
        and not any(shared(find, box) >= find[2] * find[3] / 2 or overlap(find, box) >= least for box in ignored)
    ]
    return found, false


def still(source, time, out):
    """A video of two seconds that is one frame: the one shown at a time, in seconds from the first."""
    quiet("-ss", max(0, time - 0.004), "-i", source, "-map", "v:0", "-frames:v", 1, out.with_suffix(".png"))
    quiet("-loop", 1, "-framerate", 8, "-t", 2, "-i", out.with_suffix(".png"),
          "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2,format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-qp", 0, out)


def look(moments, config, place, source, time):
    """What is found in a frame: the boxes by kind, in shares of the picture, with how sure the model is."""
    video, results = place / "frame.mkv", place / "out"
    still(source, time, video)
    shutil.rmtree(results, ignore_errors=True)
    subprocess.run([moments, "run", video, "-o", results, "--config", config], check=True, capture_output=True)
    document = json.loads((results / "frame" / "subjects.json").read_text())
    frames = document["frames"]
    finds = collections.defaultdict(list)
    for find in frames[len(frames) // 2]["detections"]:
        box = [find["bbox"][key] for key in ("x", "y", "width", "height")]
        finds[CLASSES[find["class"]]].append(box)
    return finds, (document["width"], document["height"])


class Table:
    """Counts by row: frames, how many there are, how many are found, and how many finds are false."""

    def __init__(self):
        self.rows = collections.defaultdict(lambda: [0, 0, 0, 0])

    def add(self, row, frames, truth, found, false):
        self.rows[row] = [a + b for a, b in zip(self.rows[row], (frames, truth, found, false))]

    def show(self, title):
        print(f"{title:<40}{'frames':>7}{'truth':>7}{'found':>7}{'false':>7}{'precision':>11}{'recall':>8}")
        for row, (frames, truth, found, false) in self.rows.items():
            precision = f"{found / (found + false):.2f}" if frames and found + false else "–"
            recall = f"{found / truth:.2f}" if truth else "–"
            print(f"{row:<40}{frames:>7}{truth:>7}{found:>7}{false:>7}{precision:>11}{recall:>8}")
        print()


def draw(picture, boxes, out, size=16):
    """Draws boxes with words into a picture: (box, words, colour)."""
    filters = []
    for (x, y, width, height), words, color in boxes:
        filters += [f"drawbox={x}:{y}:{width}:{height}:{color}:2",
                    f"drawtext=text='{words}':x={x + 3}:y={y + 3}:fontsize={size}:fontcolor={color}:box=1:boxcolor=black@0.6"]
    quiet("-i", picture, "-frames:v", 1, "-vf", ",".join(filters or ["null"]), out)


def find_clip(name, folders):
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    return None


def score(arguments):
    document = json.loads(arguments.truth.read_text())
    clips = document["clips"]
    if arguments.half:
        clips = clips[arguments.half - 1::2]
    tables = {title: Table() for title in ("all", "kind of clip", "size", "clip")}
    lacking, faults = [], 0
    for clip in clips:
        source = find_clip(clip["file"], arguments.folders)
        if source is None:
            lacking.append(clip["file"])
            continue
        for frame in clip["frames"]:
            finds, size = look(arguments.moments, arguments.config, arguments.place, source, frame["time"])
            if size != (clip["width"], clip["height"]):
                sys.exit(f"{clip['file']}: the picture is {size[0]} × {size[1]}, the truth's {clip['width']} × {clip['height']}")
            drawn = []
            for kind in OVERLAP:
                truth = frame.get(kind, [])
                found, false = match(finds[kind], truth, frame.get("ignored_" + kind, []), OVERLAP[kind])
                for title, row in (("all", kind), ("kind of clip", f"{kind}, {clip['kind']}"), ("clip", f"{kind}, {source.stem}")):
                    tables[title].add(row, 1, len(truth), len(found), len(false))
                for at, box in enumerate(truth):
                    of = next(name for limit, name in SIZES[kind] if box[3] / clip["height"] < limit)
                    tables["size"].add(f"{kind}, {of}", 0, 1, at in found, 0)
                drawn += [(box, "missed", "red") for at, box in enumerate(truth) if at not in found]
                drawn += [(box, "false", "orange") for box in false] + [(truth[at], kind, "lime") for at in found]
            if arguments.faults and any(words in ("missed", "false") for _, words, _ in drawn):
                faults += 1
                draw(arguments.place / "frame.mkv", drawn, arguments.faults / f"{pathlib.Path(clip['file']).stem}-{frame['time']}.png")
    for title, table in tables.items():
        table.show(title)
    if lacking:
        print("not there: " + ", ".join(lacking))
    if lacking or arguments.half:
        print("not held against what was expected, which is of all clips")
        return 0
    return worse(tables["all"].rows, document["expected"])


def worse(rows, expected):
    """Prints which figures are less than they were, by more than chance of other decoders explains; 1 where some are."""
    is_worse = 0
    for kind, figures in expected.items():
        _, truth, found, false = rows[kind]
        for name, figure in (("precision", found / max(1, found + false)), ("recall", found / max(1, truth))):
            if figure < figures[name] - 0.03:
                print(f"{kind}: {name} {figure:.2f} instead of {figures[name]:.2f}")
                is_worse = 1
    return is_worse


def tracks(arguments):
    document = json.loads((arguments.result / "subjects.json").read_text())
    frames = [frame for frame in document["frames"] if frame["detections"]]
    frames = frames[::max(1, -(-len(frames) // 24))]
    across = 8 if document["height"] > document["width"] else 4
    place = arguments.out.with_suffix(".stills")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for number, frame in enumerate(frames):
        boxes = [([find["bbox"][key] for key in ("x", "y", "width", "height")],
                  f"{find['track_id']}{'' if find['class'] == 'person' else ' ' + find['class']}", COLORS[find["track_id"] % len(COLORS)])
                 for find in frame["detections"]]
        whole = place / "whole.png"
        quiet("-ss", max(0, frame["time"] - 0.004), "-i", arguments.video, "-map", "v:0", "-frames:v", 1,
              "-vf", f"scale={document['width']}:{document['height']}", whole)
        size = max(12, document["width"] * across // 100)
        boxes.append(([0, document["height"] - size - 6, 1, 1], f"{frame['time']:.2f} s", "white"))
        draw(whole, boxes, place / f"{number:03}.png", size)
    (place / "whole.png").unlink(missing_ok=True)
    quiet("-framerate", 1, "-i", place / "%03d.png",
          "-vf", f"scale={1600 // across}:-2,tile={across}x{max(1, -(-len(frames) // across))}", "-frames:v", 1, arguments.out)
    shutil.rmtree(place)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("score")
    for name in ("truth", "moments", "config", "place"):
        scoring.add_argument(name, type=pathlib.Path)
    scoring.add_argument("folders", type=pathlib.Path, nargs="+")
    scoring.add_argument("--half", type=int, choices=(1, 2))
    scoring.add_argument("--faults", type=pathlib.Path)
    drawing = commands.add_parser("tracks")
    for name in ("result", "video", "out"):
        drawing.add_argument(name, type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.command == "tracks":
        tracks(arguments)
        return
    sys.exit(score(arguments))


if __name__ == "__main__":
    main()
