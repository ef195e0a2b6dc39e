#!/usr/bin/env bash
# Lets a memory card as cameras leave it be copied into the inbox, and compares what became of it with the truth.
#
#   Tests/campaigns/cards.sh FOLDER [LIMIT]
#
# FOLDER has card/ and truth.json: "groups", lists of files that are one recording, in their order; "companions", files
# and what they belong to; "marks", files and seconds within them. LIMIT is how many seconds it may take (1200). Told are:
#   groups      recordings in several files that are one job, with exactly these files in this order
#   notes       files of them beside which stands where their manifest is
#   companions  files named in the manifest of what they belong to, and no jobs
#   marks       marks in highlight.json at the place on the recording's own line of time, within 50 ms
#   failed      jobs that failed; files that are neither a job nor belong to one
#   late        whether a file that is put in after the others is taken in by a new run of its recording
# With day/ and "same_moment" in the truth, that folder gets an album, and besides are told:
#   aligned     pairs that begin so long after each other as the truth has it, within 40 ms, and clocks that are ahead as
#               it says, within 100 ms
#   twice       moments that the album's reel shows twice
# MOMENTS_PROGRAMS=FOLDER takes programs that are already built. KEEP=1 keeps the folders.
set -euo pipefail
# shellcheck source=Tests/campaigns/daemon.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/daemon.sh"
[[ -f ${1:-}/truth.json ]] || fail "usage: Tests/campaigns/cards.sh FOLDER [LIMIT]"
cards=$(realpath "$1") limit=${2:-1200}
set_up

# The last file of the first recording comes when all others are done.
late=$(jq -r '.groups[0][-1]' "$cards/truth.json")
cp -r "$cards/card" "$place/inbox/"
mv "$place/inbox/$late" "$place/late"
if [[ -d $cards/day ]]; then
    cp -r "$cards/day" "$place/inbox/"
    echo '{"target_duration": 30}' >"$place/inbox/day/album.request.json"
fi
start_daemon '[Intake]' 'SettleTime=2s' 'Quiet=4s' '[Workers]' 'Count=2'
wait_quiet 6 "$limit"
before=$(jq -r '.job_id' "$place/inbox/$(jq -r '.groups[0][0]' "$cards/truth.json").moments.json")
cp "$place/late" "$place/inbox/$late"
sleep 4
wait_quiet 6 "$limit"
after=$(jq -r '.job_id' "$place/inbox/$(jq -r '.groups[0][0]' "$cards/truth.json").moments.json")
isnew=no
if [[ $before != "$after" ]]; then isnew=yes; fi

python3 - "$cards/truth.json" "$place/inbox" "$place/outbox" "$isnew" <<'EOF'
import glob, json, os, sys

truth, inbox, outbox, late = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3], sys.argv[4]
manifests, notes = {}, {}
for path in glob.glob(inbox + "/**/*.moments.json", recursive=True):
    content = json.load(open(path))
    name = os.path.relpath(path, inbox)[:-len(".moments.json")]
    if content["schema"].startswith("momentsd.manifest"):
        manifests[name] = content
    else:
        notes[name] = content
bad = []


def line(name, done, all):
    print(f"{name:11} {done} of {all}")
    if done != all:
        bad.append(name)


# An album has parts too, and is no recording.
groups = {name: [name] + m["source"]["parts"] for name, m in manifests.items()
          if m["source"]["parts"] and not m["config"].get("album")}
line("groups", sum(groups.get(g[0]) == g for g in truth["groups"]), max(len(truth["groups"]), len(groups)))
followers = [f for g in truth["groups"] for f in g[1:]]
line("notes", sum(f in notes and f not in manifests for f in followers), len(followers))
first = {f: g[0] for g in truth["groups"] for f in g}
line("companions", sum(c in manifests.get(first.get(o, o), {"companions": []})["companions"] and c not in manifests
                       for c, o in truth["companions"].items()), len(truth["companions"]))


def length(file):
    return float(os.popen(f"ffprobe -v error -show_entries stream=duration -select_streams v:0 -of csv=p=0 '{inbox}/{file}'").read())


found = wanted = 0
for file, seconds in truth["marks"].items():
    owner = first.get(file, file)
    group = next((g for g in truth["groups"] if file in g), [file])
    before = sum(length(f) for f in group[:group.index(file)])
    data = json.load(open(os.path.join(outbox, manifests[owner]["result"]["folder"], "highlight.json")))
    for second in [0.0] if isinstance(seconds, str) else seconds:
        wanted += 1
        found += any(abs(m["at"] - before - second) <= 0.05 for m in data.get("marks", []))
line("marks", found, wanted)
failed = [n for n, m in manifests.items() if m["status"] != "completed"]
print(f"jobs        {len(manifests)}, failed {len(failed)} {failed or ''}")
if failed:
    bad.append("failed")
if os.path.isdir(inbox + "/day"):
    folder = os.path.join(outbox, manifests["day/album"]["result"]["folder"])
    album = json.load(open(folder + "/album.json"))
    clocks = {"day/" + c["file"]: c for c in album["clocks"]}

    def moment(text):
        import datetime
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

    right = 0
    for same in truth["same_moment"]:
        one, two = (clocks.get(f) for f in same["files"])
        if one and two:
            after = moment(two["recorded"]) - moment(one["recorded"])
            print(f"            {same['files'][1]} begins {after:.2f} s after {same['files'][0]}, its clock {two['ahead']} s ahead")
            right += abs(after - same["second_starts_after"]) <= 0.04 and abs(two["ahead"] - same["clock_ahead"]) <= 0.1
    line("aligned", right, len(truth["same_moment"]))
    spans = [(moment(clocks["day/" + s["file"]]["recorded"]) + s["start"], moment(clocks["day/" + s["file"]]["recorded"]) + s["end"])
             for s in album["shots"] if "day/" + s["file"] in clocks]
    twice = sum(min(a[1], b[1]) - max(a[0], b[0]) > 0.3 * min(a[1] - a[0], b[1] - b[0]) for i, a in enumerate(spans) for b in spans[:i])
    print(f"album       {len(album['shots'])} shots of {len({s['file'] for s in album['shots']})} of {album['videos']} videos, {album['width']}x{album['height']}, twice {twice}")
    if twice:
        bad.append("twice")
print(f"late        {late}")
if late != "yes":
    bad.append("late")
sys.exit("wrong: " + ", ".join(bad) if bad else 0)
EOF
