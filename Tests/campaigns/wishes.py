#!/usr/bin/env python3
"""What is wanted against what a person saw: reels of judged clips with a wish and without, and how much of it each shows.

    wishes.py FOLDER WISHES [MODELS]

FOLDER holds NAME.truth.json, as for moments bench --judged. WISHES is a file with a line for each wish, parted by tabs: NAME,
the wish, and a regular expression: what is wished for are the clip's events whose `why` it matches; "-" where the clip has
nothing of it, and the reel is to say so. MODELS is a folder of models, for wishes of who is seen. Told are the share of those
events that the reel shows (half a second, or half of a shorter one, is shown) without the wish and with it, and
what the reel says of it. Fails where less than 0.8 of them are shown in all, as far as they fit into the reel.
MOMENTS_PROGRAMS names the programs.
"""
import json, os, re, subprocess, sys, tempfile

folder, wishes = sys.argv[1:3]
moments = os.path.join(os.environ.get("MOMENTS_PROGRAMS", ".build/release"), "moments")


def reel(path, target, config, place, *options):
    """Makes a reel; its shots and the job's notes."""
    subprocess.run([moments, "run", path, "-o", place, "--target-duration", str(target), "--config", config, *options],
                   check=True, capture_output=True)
    where = os.path.join(place, os.listdir(place)[0] if ".momentsd" not in os.listdir(place)[0] else os.listdir(place)[1])
    highlight = json.load(open(where + "/highlight.json"))
    notes = json.load(open(where + "/manifest.json")).get("notes") or []
    return [(shot["in"], shot["out"]) for shot in highlight["shots"]], notes


def is_shown(event, shots):
    seen = sum(max(0, min(end, event["out"]) - max(start, event["in"])) for start, end in shots)
    return seen >= min(0.5, (event["out"] - event["in"]) / 2)


rows, before, after, faults = [], 0, 0, 0
with tempfile.TemporaryDirectory() as place:
    config = place + "/conf"
    open(config, "w").write(f"[Subjects]\nModels={sys.argv[3]}\n" if len(sys.argv) > 3 else "")
    total = 0
    for number, line in enumerate(open(wishes, encoding="utf-8").read().splitlines()):
        name, wish, pattern = line.split("\t")
        truth = json.load(open(f"{folder}/{name}.truth.json"))
        path = os.path.join(folder, truth["file"])
        target = truth.get("target") or min(12, truth["duration"] / 2)
        wanted = [] if pattern == "-" else [e for e in truth["events"] if re.search(pattern, e["why"], re.I)]
        if pattern != "-" and not wanted:
            sys.exit(f"{name}: no event is like {pattern}")
        plain, _ = reel(path, target, config, f"{place}/{number}a")
        wished, notes = reel(path, target, config, f"{place}/{number}b", "--want", wish)
        said = [note for note in notes if wish.lower() in note.lower()]
        shown = [sum(is_shown(e, shots) for e in wanted) for shots in (plain, wished)]
        total, before, after = total + len(wanted), before + shown[0], after + shown[1]
        faults += not wanted and not said
        print(f"{name}  '{wish}'  {shown[0]} and {shown[1]} of {len(wanted)}  {' '.join(said)}", flush=True)
print(f"without a wish {before} of {total} shown, with it {after}; {faults} that nothing fits not told of")
sys.exit(faults > 0 or after < 0.8 * total)
