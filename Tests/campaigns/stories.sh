#!/bin/bash
# Tells stories, and measures what is promised of them: shots and clips as other programs read them, how much of an edited
# story is made again, the voice's loudness and ducking, what it says as a recogniser hears it, and what misbehaving
# engines leave.
#
#   Tests/campaigns/stories.sh [FOLDER WITH THE PROGRAMS]
#
# Needs ffmpeg, jq and espeak-ng, and python3's pocketsphinx (PyPI) for what is heard.
set -euo pipefail
programs=$(realpath "${1:-.build/debug}")
root=$(mktemp -d)
trap 'kill %1 2>/dev/null || true; rm -rf "$root"' EXIT
cd "$root"
# What engines leave here is theirs of this run.
export TMPDIR=$root
faults=0
say() { printf '%-62s %s\n' "$1" "$2"; }
check() { if eval "$2"; then say "$1" "${3:-ok}"; else say "$1" "FAULT ${3:-}"; faults=$((faults + 1)); fi; }
frames() { ffprobe -v error -count_frames -select_streams v -show_entries stream=nb_read_frames -of csv=p=0 "$1"; }
lufs() { ffmpeg -nostdin -hide_banner -i "$1" -map 0:a ${2:-} -filter:a ebur128 -f null - 2>&1 | awk '/Summary/ {on=1} on && $1 == "I:" {print $2}'; }
ms() { date +%s%3N; }

ffmpeg -v error -f lavfi -i "mandelbrot=size=1600x1200" -frames:v 1 hills.jpg
ffmpeg -v error -f lavfi -i "testsrc2=size=900x1400" -frames:v 1 tower.png
ffmpeg -v error -f lavfi -i "gradients=size=1280x720:seed=7" -frames:v 1 sky.webp

echo "# a story through moments run, 720p"
cat > trip.story.json <<S
{"user_prompt": "The sun rises over the hills. A tower stands by the sea. The sky turns red in the evening.",
 "reference_images": ["hills.jpg", "tower.png", "sky.webp"], "voice_over": true}
S
begin=$(ms); "$programs/moments" run trip.story.json -o out --json > run.json; end=$(ms)
check "completed" '[ "$(jq -r .status run.json)" = completed ]' "$((end - begin)) ms for $(jq .result.output_duration run.json) s"
sum=0; for shot in out/trip/shots/*.mp4; do sum=$((sum + $(frames "$shot"))); done
check "the clip has the pictures of its shots" '[ "$(frames out/trip/highlight.mp4)" = "$sum" ]' "$sum"
ffmpeg -v error -xerror -i out/trip/highlight.mp4 -f null - && say "another decoder finds no fault in it" ok
loud=$(lufs out/trip/highlight.mp4)
check "loudness of the voice, LUFS" 'awk "BEGIN {exit !($loud > -17 && $loud < -15)}"' "$loud"
voice=$(ffprobe -v error -select_streams a -show_entries stream=duration -of csv=p=0 out/trip/highlight.mp4)
last=$(grep -- '-->' out/trip/captions.vtt | tail -1 | awk '{print $3}' | awk -F: '{print $1 * 3600 + $2 * 60 + $3}')
check "the last word ends before the clip does, s" 'awk "BEGIN {exit !($last < $voice)}"' "$last of $voice"

echo "# motion: how evenly pictures change, as the share of one step in the median step"
ffmpeg -nostdin -hide_banner -v error -i out/trip/shots/shot_001.mp4 -vf "signalstats,metadata=print:key=lavfi.signalstats.YDIF:file=ydif.txt" -f null -
awk -F= '/YDIF/ && ++n > 8 {print $2}' ydif.txt | sort -n | awk '{v[NR]=$1} END {printf "median %.2f  p5 %.2f  p95 %.2f\n", v[int(NR/2)], v[int(NR*.05)+1], v[int(NR*.95)]}'

echo "# the same through the daemon, then one shot edited"
mkdir -p inbox
cat > momentsd.conf <<S
[Folders]
Inbox=$root/inbox
Outbox=$root/outbox
State=$root/state
[Intake]
SettleTime=500ms
[Status]
Socket=$root/status.sock
S
"$programs/momentsd" --config momentsd.conf > daemon.log 2>&1 &
wait_for() { for _ in $(seq 600); do if eval "$1"; then return 0; fi; sleep 0.2; done; return 1; }
wait_for '[ -S status.sock ]'
curl -sN --unix-socket status.sock http://localhost/events > events.txt & listener=$!
cp hills.jpg tower.png sky.webp inbox/
cp trip.story.json inbox/
state() { jq -r "$1" inbox/trip.story.json.moments.json 2>/dev/null || true; }
check "completed" 'wait_for "[ \"\$(state .status)\" = completed ]"'
say "seconds" "$(state .processing_time)"
# shellcheck disable=SC2034  # in the check below
first=$(state .job_id)
check "events of shots" '[ "$(grep -c "^event: shot_complete" events.txt)" = 3 ]' "$(grep -c '^event: shot_complete' events.txt)"
say "stages" "$(state '[.stages[] | "\(.name) \(.status) \(.cost // "")"] | join(", ")')"
jq '.shots[1].motion = "still"' outbox/trip/storyboard.json > inbox/trip.story.json.request.json
check "edited and completed" 'wait_for "[ \"\$(state .status)\" = completed ] && [ \"\$(state .job_id)\" != $first ]"' "$(state .processing_time) s"
kept=$(state '[.notes[] | select(contains("made before")) | scan("\u0027[^\u0027]+\u0027")] | length')
check "shots that were not made again" '[ "$kept" = 2 ]' "$kept of 3"
kill $listener 2>/dev/null || true

echo "# a voice over footage: ducking"
ffmpeg -v error -f lavfi -i "testsrc2=size=640x360:rate=25:duration=20" -f lavfi -i "anoisesrc=color=pink:amplitude=0.3:seed=5:duration=20" -shortest -pix_fmt yuv420p film.mp4
cp film.mp4 inbox/
echo '{"voice_over": "This is the first sentence. Here is another one.", "target_duration": 15}' > inbox/film.mp4.request.json
wait_for '[ "$(jq -r .status inbox/film.mp4.moments.json 2>/dev/null)" = completed ]'
film=outbox/film/highlight.mp4
say "stages" "$(jq -r '[.stages[] | select(.name == "script" or .name == "voice" or .name == "compositing") | "\(.name) \(.status)"] | join(", ")' inbox/film.mp4.moments.json)"
# The noise alone: above what a voice has.
level() { ffmpeg -nostdin -hide_banner -ss "$1" -t "$2" -i $film -map 0:a -af "highpass=f=12000,highpass=f=12000,volumedetect" -f null - 2>&1 | awk '/mean_volume/ {print $5}'; }
last=$(grep -- '-->' outbox/film/captions.vtt | tail -1 | awk '{print $3}' | awk -F: '{print $1 * 3600 + $2 * 60 + $3}')
free=$(level "$(awk "BEGIN {print $last + 1}")" 3)
back=$(level "$(awk "BEGIN {print $last + 0.32}")" 0.2)
pause=$(grep -- '-->' outbox/film/captions.vtt | head -1 | awk '{print $3}' | awk -F: '{print $1 * 3600 + $2 * 60 + $3}')
under=$(level "$(awk "BEGIN {print $pause + 0.05}")" 0.2)
say "noise above 12 kHz, dB: free / between sentences / back after 320 ms" "$free / $under / $back"
depth=$(awk "BEGIN {print $free - $under}")
check "ducked by, dB" 'awk "BEGIN {exit !($depth > 10.5 && $depth < 13.5)}"' "$depth"
check "loudness of the reel, LUFS" 'true' "$(lufs $film)"

echo "# engines that misbehave"
for what in hang garbage flood; do
    case $what in
        hang) script='sleep 1000' ;;
        garbage) script='head -c 100000 /dev/urandom' ;;
        flood) script='cat /dev/zero' ;;
    esac
    printf '#!/bin/sh\n%s\n' "$script" > bad.sh; chmod +x bad.sh
    printf '[Voice]\nCommand=%s/bad.sh\nTimeout=3s\n[Generator bad]\nCommand=%s/bad.sh\nTimeout=3s\n' "$root" "$root" > bad.conf
    for story in '{"user_prompt": "One.", "reference_images": ["hills.jpg"], "voice_over": true, "resolution": 144}' '{"user_prompt": "One.", "model_id": "bad", "resolution": 144}'; do
        echo "$story" > bad.story.json
        "$programs/moments" run bad.story.json -o bad-out --config bad.conf --json > bad.json 2>/dev/null || true
        say "$what" "$(jq -r '.error.error + ": " + (.error.message | .[0:110])' bad.json)"
        check "nothing is left of it" '[ -z "$(ls -A bad-out 2>/dev/null | grep -v "^\.momentsd$")" ] && [ -z "$(ls -d "$root"/moments-engines-* 2>/dev/null)" ]'
    done
done

echo "# what the voice says, as a recogniser hears it"
ffmpeg -v error -i out/trip/highlight.mp4 -ar 16000 -ac 1 clip.wav
jq -r '[.shots[].text] | join(" ")' out/trip/storyboard.json | espeak-ng -v en -s 155 --stdout > bare.wav
ffmpeg -v error -i bare.wav -ar 16000 -ac 1 engine.wav
python3 - <<'P' || say "no recogniser here (pip install pocketsphinx)" "not measured"
import json, re, sys, wave
try:
    from pocketsphinx import Decoder
except ImportError:
    sys.exit(1)
board = json.load(open("out/trip/storyboard.json"))
said = re.findall(r"[a-z']+", " ".join(shot["text"] for shot in board["shots"]).lower())
# A formant voice is beyond its dictation: it chooses among the script's words and as many that are not said.
others = "ocean river house blue morning mountain car walks under green bird window paper music street winter".split()
open("words.jsgf", "w").write("#JSGF V1.0; grammar g; public <s> = ( " + " | ".join(sorted(set(said) | set(others))) + " )+ ;")


def sound(file):
    with wave.open(file) as opened:
        return opened.readframes(opened.getnframes()), opened.getnframes() / opened.getframerate()


def hear(decoder, data):
    decoder.start_utt()
    decoder.process_raw(data, full_utt=True)
    decoder.end_utt()
    return decoder


def errors(heard):
    rows = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        last, rows[0] = rows[0], i
        for j, other in enumerate(heard, 1):
            last, rows[j] = rows[j], min(rows[j] + 1, rows[j - 1] + 1, last + (word != other))
    return rows[-1] / len(said)


for name, file in (("the engine alone", "engine.wav"), ("the clip", "clip.wav")):
    data, seconds = sound(file)
    chosen = hear(Decoder(samprate=16000, jsgf="words.jsgf", lm=None, loglevel="FATAL"), data).hyp()
    heard = chosen.hypstr.split() if chosen else []
    print(f"{name}: word error rate {errors(heard):.2f} among {len(set(said) | set(others))} words")
    aligner = Decoder(samprate=16000, lm=None, bestpath=False, loglevel="FATAL")
    aligner.set_align_text(" ".join(said))
    found = [part for part in (hear(aligner, data).seg() or []) if not part.word.startswith("<")]
    end = f", the last one ends {seconds - found[-1].end_frame / 100:.2f} s before it" if found else ""
    print(f"{name}: {len(found)} of {len(said)} words aligned{end}")
P
echo
[ $faults = 0 ] && echo "all is well" || { echo "$faults faults"; exit 1; }
