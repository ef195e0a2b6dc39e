#!/usr/bin/env python3
"""Speech of known words in three languages over real footage, with subtitles: where reels of it are cut, what their captions say.

    words.py FOLDER VIDEO [OFFSET…]     FOLDER takes what is made; VIDEO gives the pictures; OFFSETs in seconds

The second table is of wishes: what was wanted, and whether the reel shows it.
WORDS_TELL=1 names each cut in a sentence and each caption that is off.

Needs espeak-ng (libespeak-ng1) and ffmpeg; MOMENTS_PROGRAMS=.build/release names the programs.
"""
import ctypes, json, os, random, re, struct, subprocess, sys, wave

SCRIPTS = {
    "en": """Good evening, and welcome to the harbour museum. My name is Laura Bennett. Tonight we talk about a ship.
    What made the Aurora so special? She was the first steamer on this coast. In 1887 she carried 412 people through
    the great storm. Nobody was hurt. The captain wrote a long letter about that night. He said the waves were as high as
    the church in Whitby. Do you know what happened next? The owners sold her within a week. She went to Norway, and
    came back under another name. Then she was forgotten. For sixty years nobody asked about her. In 1951 a diver found
    an anchor. It was lying in nine metres of water. Can you guess who he was? He was the captain's grandson. We have
    the anchor here in this room. Please do not touch it. It weighs 850 kilograms. The paint is original. Look at the
    letters on its side. They spell the first name of the ship. That is how he knew. Thank you for coming tonight. The
    cafe is open until ten. Good night, and get home safely.""",
    "de": """Guten Abend und herzlich willkommen. Ich heiße Martin Keller. Heute geht es um Bienen. Warum brauchen wir
    Bienen überhaupt? Sie bestäuben achtzig Prozent unserer Pflanzen. Im Jahr 1995 hatte ich zwei Völker. Heute sind es
    siebenunddreißig. Das war viel Arbeit. Meine Frau hat mir von Anfang an geholfen. Was kostet ein Glas Honig? Bei uns
    kostet es sechs Euro. Davon bleibt uns die Hälfte. Der Rest geht an die Imkerei in Freiburg. Im letzten Sommer gab es
    kaum Regen. Die Linden haben trotzdem geblüht. Wir haben 420 Kilogramm geerntet. So viel war es noch nie. Wie
    überwintern die Bienen? Sie bilden eine Kugel um die Königin. In der Mitte sind es dreißig Grad. Draußen kann es
    frieren. Im März fliegen sie wieder. Dann beginnt alles von vorn. Kommen Sie uns gern besuchen. Vielen Dank für Ihre
    Geduld. Auf Wiedersehen.""",
    "es": """Buenas tardes a todos. Me llamo Carmen Ortega. Hoy cocinamos una tortilla. ¿Qué necesitamos para empezar?
    Necesitamos seis huevos y medio kilo de patatas. La receta es de mi abuela Rosario. Ella nació en Granada en 1931.
    Primero pelamos las patatas. Luego las cortamos muy finas. El aceite tiene que estar caliente. ¿Lleva cebolla o no?
    Mi abuela siempre ponía cebolla. Mi marido dice que no. Yo hago siempre lo mismo que ella. Ahora batimos los huevos.
    Añadimos un poco de sal. Mezclamos todo con cuidado. La sartén tiene que ser de hierro. Esperamos cuatro minutos.
    ¿Cómo le damos la vuelta? Con un plato y sin miedo. Otros tres minutos y está lista. Huele de maravilla. Hay que
    dejarla reposar. Muchas gracias por venir. Buen provecho a todos.""",
}

# Of each: what is wished, and by what the sentences are told that say it; the last one is said nowhere.
WISHES = {
    "en": [("the anchor", "anchor"), ("captains", "captain"), ("storm and waves", "storm|waves"), ("unicorn", None)],
    "de": [("Honig", "Honig"), ("Biene", "Bienen"), ("Regen oder Frost", "Regen"), ("Einhorn", None)],
    "es": [("huevo", "huevos"), ("abuela", "abuela"), ("platos", "plato"), ("unicornio", None)],
}


class Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text_position", ctypes.c_int),
                ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
                ("user_data", ctypes.c_void_p), ("id", ctypes.c_char * 8)]


class Voice:
    """A voice that tells when each word of what it says begins."""

    def __init__(self):
        self.lib = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self.lib.espeak_Initialize(2, 0, None, 0)
        self.samples, self.words = [], []
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
        self.callback = kind(self.heard)
        self.lib.espeak_SetSynthCallback(self.callback)

    def heard(self, wav, count, events):
        if wav and count > 0:
            self.samples += wav[:count]
        place = 0
        while events[place].type != 0:
            if events[place].type == 1:
                self.words.append((events[place].audio_position / 1000, events[place].text_position))
            place += 1
        return 0

    def say(self, text, language):
        self.samples, self.words = [], []
        self.lib.espeak_SetVoiceByName(language.encode())
        data = text.encode() + b"\0"
        self.lib.espeak_Synth(data, len(data), 0, 1, 0, 1, None, None)
        # Silence at both ends is none of the sentence.
        loud = [i for i, s in enumerate(self.samples) if abs(s) > 300]
        first, last = (loud[0], loud[-1]) if loud else (0, len(self.samples) - 1)
        starts = [max(0.0, time - first / self.rate) for time, _ in self.words]
        return self.samples[first:last + 1], starts


def clock(seconds):
    ms = max(0, round(seconds * 1000))
    return "%02d:%02d:%02d,%03d" % (ms // 3600000, ms // 60000 % 60, ms // 1000 % 60, ms % 1000)


def make(folder, video, language, seed):
    """A video in which the script is said; its sentences with exact times."""
    random.seed(seed)
    voice, sound, sentences = Voice(), [], []
    rate = voice.rate
    sound += [0] * int(rate * 4.5)
    for text in re.split(r"(?<=[.?!])\s+", " ".join(SCRIPTS[language].split())):
        samples, starts = voice.say(text, language)
        begin = len(sound) / rate
        sound += samples
        sentences.append({"text": text, "start": begin, "end": len(sound) / rate,
                          "words": [begin + start for start in starts]})
        sound += [0] * int(rate * random.uniform(0.3, 0.9))
    sound += [0] * rate
    path = os.path.join(folder, language)
    with wave.open(path + ".wav", "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(rate)
        file.writeframes(struct.pack("<%dh" % len(sound), *sound))
    seconds = len(sound) / rate
    has_sound = "audio" in subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", video],
        capture_output=True, text=True).stdout
    mix = "[0:a]volume=0.12,aformat=channel_layouts=mono[b];[1:a][b]amix=duration=first:normalize=0[a]"
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop", "-1", "-i", video, "-i", path + ".wav",
                    "-t", str(seconds), "-filter_complex",
                    "[0:v]scale=320:180:force_original_aspect_ratio=decrease,pad=320:180:-1:-1,fps=25[v]"
                    + (";" + mix if has_sound else ""),
                    "-map", "[v]", "-map", "[a]" if has_sound else "1:a", "-c:v", "libx264", "-preset", "veryfast",
                    "-g", "100", "-c:a", "aac", "-ar", "44100", path + ".mp4"], check=True)
    return path + ".mp4", sentences


def subtitles(path, sentences, offset, seed):
    """Subtitles as people make them: a little early, lingering, two short sentences in one."""
    random.seed(seed)
    text, number, place = "", 0, 0
    while place < len(sentences):
        group = [sentences[place]]
        place += 1
        if place < len(sentences) and len(group[0]["text"]) < 30 and random.random() < 0.5:
            group.append(sentences[place])
            place += 1
        number += 1
        start = group[0]["start"] + random.uniform(-0.12, 0.05) + offset
        end = group[-1]["end"] + random.uniform(0, 0.2) + offset
        if end > 0:
            text += "%d\n%s --> %s\n%s\n\n" % (number, clock(start), clock(end), "\n".join(s["text"] for s in group))
    open(path, "w").write(text)


def run(video, out, *options):
    programs = os.environ.get("MOMENTS_PROGRAMS", ".build/release")
    subprocess.run([programs + "/moments", "run", "-o", out, "--target-duration", "40", *options, video], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    result = os.path.join(out, sorted(os.listdir(out), key=lambda n: os.path.getmtime(os.path.join(out, n)))[-1])
    read = lambda name: json.load(open(os.path.join(result, name)))
    return result, read("highlight.json"), read("manifest.json")


def captions(result, shots, sentences):
    """How many captions hold words that are not said there, and the most a sentence's caption is off."""
    cues = re.findall(r"(\S+) --> (\S+)\n((?:.+\n?)+)", open(os.path.join(result, "highlight.vtt")).read())
    seconds = lambda t: sum(float(p) * 60 ** i for i, p in enumerate(reversed(t.split(":"))))
    said = " ".join(" ".join(text.split()) for _, _, text in cues)
    wanted = []
    for shot in shots:
        wanted += [s for s in sentences if shot["in"] <= (s["start"] + s["end"]) / 2 < shot["out"]]
    expected = " ".join(s["text"] for s in wanted)
    off = []
    for begin, end, text in cues:
        first = next((s for s in wanted if " ".join(text.split()).startswith(s["text"])), None)
        shot = first and next((h for h in shots if h["in"] <= (first["start"] + first["end"]) / 2 < h["out"]), None)
        if shot:
            off.append(abs(seconds(begin) - (shot["reel_in"] + max(first["start"], shot["in"]) - shot["in"])))
            if os.environ.get("WORDS_TELL") and off[-1] > 0.1:
                print("off by %.2f: %s at %s, said at %.2f in a shot from %.2f" % (
                    off[-1], first["text"], begin, first["start"], shot["in"]))
    if os.environ.get("WORDS_TELL") and said != expected:
        print("shown: %s\nsaid:  %s" % (said, expected))
    return said == expected, max(off, default=0)


def main():
    folder, video, offsets = sys.argv[1], sys.argv[2], [float(x) for x in sys.argv[3:]] or [0.0]
    os.makedirs(folder, exist_ok=True)
    print("| speech | subtitles off by | found | cuts | in words | in sentences | without words | captions as said | off by | length |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    found, total, wishes = 0, 0, []
    for seed, language in enumerate(SCRIPTS):
        path, sentences = make(folder, video, language, seed)
        def cut(shots):
            edges = [shot[k] for shot in shots for k in ("in", "out")]
            inside = [s for e in edges for s in sentences if s["start"] + 0.02 < e < s["end"] - 0.02]
            # A cut in a sentence hurts no word where it falls between two of them; words run on to the next.
            words = [1 for e in edges for s in sentences if s["start"] + 0.02 < e < s["end"] - 0.02
                     and min(abs(e - w) for w in s["words"] + [s["end"]]) > 0.04]
            return len(edges), len(words), len(inside)
        name = path[:-4] + ".srt"
        if os.path.exists(name):
            os.remove(name)
        _, plain, _ = run(path, os.path.join(folder, "out"))
        before = cut(plain["shots"])
        for offset in offsets:
            subtitles(name, sentences, offset, seed)
            result, reel, manifest = run(path, os.path.join(folder, "out"))
            info = manifest["transcript"]
            count, words, inside = cut(reel["shots"])
            same, off = captions(result, reel["shots"], sentences) if info["used"] else (False, 0)
            good = info["used"] and abs(info["offset"] + offset) <= 0.2
            found, total = found + good, total + 1
            for e in ([x[k] for x in reel["shots"] for k in ("in", "out")] if os.environ.get("WORDS_TELL") else []):
                for s in sentences:
                    if s["start"] + 0.02 < e < s["end"] - 0.02:
                        print("cut at %.2f in %.2f-%.2f %s" % (e, s["start"], s["end"], s["text"]))
            print("| %s, %d sentences | %+.1f s | %+.2f s%s | %d | %d | %d | %d of %d | %s | %.2f s | %.1f s |" % (
                language, len(sentences), offset, info["offset"], "" if good else " (wrong)", count, words, inside,
                before[2], before[0], "yes" if same else "no", off, reel["reel_duration"]), flush=True)
        for wish, pattern in WISHES[language]:
            _, reel, manifest = run(path, os.path.join(folder, "out"), "--want", wish)
            wanted = [s for s in sentences if pattern and re.search(pattern, s["text"])]
            shown = [s for s in wanted if any(h["in"] <= s["start"] + 0.1 and s["end"] - 0.1 <= h["out"] for h in reel["shots"])]
            said = [n for n in manifest["notes"] if "tells where" in n]
            wishes.append("| %s | %s | %d of %d | %s |" % (language, wish, len(shown), len(wanted), " ".join(said) or "–"))
    print("%d of %d offsets found within 0.2 s" % (found, total))
    print("\n| language | wish | sentences shown of those that say it | what was told |\n| --- | --- | --- | --- |")
    print("\n".join(wishes))


main()
