#!/usr/bin/env bash
# Makes albums of judged clips, and compares each reel with what a person would choose.
#
#   Tests/campaigns/albums.sh FOLDER [COUNT] [LIMIT]
#
# FOLDER holds clips with NAME.truth.json, as for moments bench --judged. COUNT albums (5) of 12 clips each are made, the
# same at every run; the first one also holds three doubles "by others": cut off at both ends, cropped, of another rate,
# quieter, with a clock that is up to two minutes off. LIMIT is how many seconds an album may take (1800). Told are of each:
#   album, singles  how much of the best choice of the same length its reel, and the single reels of a twelfth of that length
#                   together, hold; wanted is 0.9 of the singles' at least
#   twice           moments that it shows twice
#   missed          clips with an event of weight 5 that it does not show, though there is room
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built. KEEP=1 keeps the folders. PREFIX is put before the daemon
# ("chrt -i 0"). SECONDS_EACH is how long of each clip a reel is to show (5).
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
[[ -d ${1:-} ]] || fail "usage: Tests/campaigns/albums.sh FOLDER [COUNT] [LIMIT]"
clips=$(realpath "$1") count=${2:-5} limit=${3:-1800} each=${SECONDS_EACH:-5}
set_up
read -ra prefix <<<"${PREFIX:-}"

python3 - "$clips" "$place" "$count" "$each" <<'EOF'
import glob, json, os, random, shutil, subprocess, sys

clips, place, count, each = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
truths = []
for path in sorted(glob.glob(clips + "/*.truth.json")):
    truth = json.load(open(path))
    if truth.get("duration", 1e9) <= 120 and truth["events"] and os.path.exists(os.path.join(clips, truth["file"])):
        truths.append(truth)
draw = random.Random(23)
draw.shuffle(truths)
made = {}
for number in range(count):
    some = [truths[(number * 12 + place_in) % len(truths)] for place_in in range(12)]
    folder = f"{place}/inbox/album{number + 1}"
    os.makedirs(folder)
    files = {}
    for order, truth in enumerate(some):
        name = truth["name"] + os.path.splitext(truth["file"])[1]
        shutil.copy(os.path.join(clips, truth["file"]), f"{folder}/{name}")
        files[name] = {"truth": truth["name"], "shift": 0}
        json.dump({"target_duration": each}, open(f"{folder}/{name}.request.json", "w"))
    if number == 0:
        doubles = [t for t in some if t.get("sound") not in (None, "none", "silent") and 12 < t["duration"] < 60][:3]
        for order, truth in enumerate(doubles):
            name, shift = f"other-{truth['name']}.mp4", 1.5 + order
            stamp = f"2026-07-12T1{order}:0{order}:00Z"
            base = f"{folder}/{truth['name']}{os.path.splitext(truth['file'])[1]}"
            # Both tell when they were made, the other by a clock of its own.
            own = f"{folder}/{truth['name']}.stamped.mkv"
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", base, "-c", "copy", "-map", "0:v:0", "-map", "0:a:0?",
                            "-metadata", f"creation_time=2026-07-12T1{order}:00:00Z", own], check=True)
            length = truth["duration"] - shift - 1
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-ss", str(shift), "-i", base, "-t", str(length), "-vf",
                            "crop=iw*0.8:ih*0.8,scale=-2:360,fps=24", "-af", "volume=-9dB", "-c:v", "libx264", "-preset", "ultrafast",
                            "-c:a", "aac", "-metadata", f"creation_time={stamp}", f"{folder}/{name}"], check=True)
            os.remove(base)
            os.remove(base + ".request.json")
            del files[os.path.basename(base)]
            files[os.path.basename(own)] = {"truth": truth["name"], "shift": 0}
            files[name] = {"truth": truth["name"], "shift": shift}
            json.dump({"target_duration": each}, open(own + ".request.json", "w"))
            json.dump({"target_duration": each}, open(f"{folder}/{name}.request.json", "w"))
    json.dump({"target_duration": 12 * each}, open(folder + "/album.request.json", "w"))
    made[f"album{number + 1}"] = files
json.dump(made, open(place + "/made.json", "w"))
EOF

start_daemon '[Intake]' 'SettleTime=2s' 'Quiet=4s' '[Workers]' 'Count=2'
wait_quiet 10 $((limit * count))

python3 - "$clips" "$place" "$each" <<'EOF'
import json, os, sys

clips, place, each = sys.argv[1], sys.argv[2], float(sys.argv[3])
made, bad = json.load(open(place + "/made.json")), []


def inter(spans, start, end):
    return sum(max(0, min(b, end) - max(a, start)) for a, b in spans)


def need(event):
    return max(1e-9, min(event.get("enough") or 1e9, event["out"] - event["in"]))


def held(spans, events):
    return sum(e["weight"] * min(1, inter(spans, e["in"], e["out"]) / need(e)) for e in events)


def best(events, seconds):
    got = 0
    for event in sorted(events, key=lambda e: -e["weight"] / need(e)):
        take = min(seconds, need(event))
        got, seconds = got + event["weight"] * take / need(event), seconds - take
    return got


def union(spans):
    out = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1][1] = max(b, out[-1][1])
        else:
            out.append([a, b])
    return out


def result(name):
    manifest = json.load(open(f"{place}/inbox/{name}.moments.json"))
    if manifest["status"] != "completed":
        bad.append(f"{name} {manifest['status']}")
        return None, None
    return manifest, f"{place}/outbox/{manifest['result']['folder']}"


for album, files in made.items():
    manifest, folder = result(album + "/album")
    if not manifest:
        continue
    told = json.load(open(folder + "/album.json"))
    truths = {f["truth"]: json.load(open(f"{clips}/{f['truth']}.truth.json")) for f in files.values()}
    spans, single, length, singles = {}, {}, 0, 0
    for shot in told["shots"]:
        file = files[shot["file"]]
        spans.setdefault(file["truth"], []).append([shot["start"] + file["shift"], shot["end"] + file["shift"]])
        length += shot["end"] - shot["start"]
    for name, file in files.items():
        if name.startswith("other-"):
            continue
        own, where = result(f"{album}/{name}")
        if own:
            reel = json.load(open(where + "/highlight.json"))
            single[file["truth"]] = [[s["in"], s["out"]] for s in reel["shots"]]
            singles += sum(s["out"] - s["in"] for s in reel["shots"])
    everything = [e for t in truths.values() for e in t["events"]]
    mine = sum(held(union(s), truths[n]["events"]) for n, s in spans.items()) / best(everything, length)
    theirs = sum(held(s, truths[n]["events"]) for n, s in single.items()) / best(everything, singles)
    twice = sum(min(a[1], b[1]) - max(a[0], b[0]) > 0.3 * min(a[1] - a[0], b[1] - b[0])
                for s in spans.values() for i, a in enumerate(s) for b in s[:i])
    missed = [n for n, t in truths.items() for e in [[e for e in t["events"] if e["weight"] == 5]]
              if e and not any(inter(spans.get(n, []), x["in"], x["out"]) > 0.3 for x in e)]
    print(f"{album}  album {mine:.2f} ({length:.0f} s)  singles {theirs:.2f} ({singles:.0f} s)  ratio {mine / theirs:.2f}  "
          f"twice {twice}  missed {len(missed)} {' '.join(missed)}  shots {len(told['shots'])} of "
          f"{len({s['file'] for s in told['shots']})} files, {told['width']}x{told['height']}")
    print(f"         sheet {folder}/contact-sheet.jpg; {manifest['processing_time']:.0f} s")
    if mine < 0.9 * theirs or twice or missed:
        bad.append(album)
sys.exit("wrong: " + ", ".join(bad) if bad else 0)
EOF
