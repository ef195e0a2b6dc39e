#!/usr/bin/env python3
"""Pictures that carry their number and sound that sings its time; changes to files; and what a reel shows of both.

  clock.py draw WIDTH HEIGHT FPS SECONDS OUT.yuv OUT.wav
  clock.py flv IN OUT FROM_MS ADD_MS           moves the clock of an FLV from a time on
  clock.py clusters FIRST NEXT… OUT            joins Matroska files from their clusters on, each with its own clock
  clock.py fragments FIRST NEXT… OUT           the same for fragmented MP4
  clock.py rate IN.avi OUT.avi RATE            writes another rate into an AVI's video header
  clock.py pack IN.avi OUT.avi                 packs MPEG-4's B pictures into the packet before, as DivX did
  clock.py fourcc IN OUT OLD NEW NTH           renames a codec
  clock.py rtp IN.ts OUT                       a dump of the stream's RTP: seven packets behind each header of 12 bytes
  clock.py check REEL FPS                      prints what was read back, as JSON
"""
import json
import struct
import subprocess
import sys
import wave

import numpy as np

BLOCKS = 20


def draw(width, height, fps, seconds, pictures, sound):
    """Row of white blocks on top: the number in binary, highest first. Sound: 300 + 150 t Hz, louder now and then."""
    rng = np.random.default_rng(7)
    wide = width // BLOCKS
    backs = [
        rng.integers(40, 200, (height // 8 + 1, width // 8 + 1)).repeat(8, 0).repeat(8, 1)[:height, :width].astype(np.uint8)
        for _ in range(8)
    ]
    with open(pictures, "wb") as out:
        for number in range(round(fps * seconds)):
            time = number / fps
            luma = np.roll(backs[int(time // 3) % 8], int(time * 20), 1).copy()
            luma[: height // 6] = 16
            for block in range(BLOCKS):
                if number >> (BLOCKS - 1 - block) & 1:
                    luma[4 : height // 6 - 4, block * wide + 2 : (block + 1) * wide - 2] = 235
            tone = 100 + 8 * (int(time // 3) % 8)
            out.write(luma.tobytes() + bytes([tone]) * (width * height // 4) + bytes([256 - tone]) * (width * height // 4))
    time = np.arange(int(seconds * 48000)) / 48000
    samples = np.where(time % 5 < 1.5, 0.5, 0.15) * np.sin(2 * np.pi * (300 * time + 75 * time * time))
    with wave.open(sound, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48000)
        out.writeframes(np.repeat((samples * 32767).astype("<i2")[:, None], 2, 1).tobytes())


def read(path):
    with open(path, "rb") as file:
        return bytearray(file.read())


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def flv(source, target, start, add):
    data, place = read(source), 13
    while place + 11 < len(data):
        size = int.from_bytes(data[place + 1 : place + 4], "big")
        time = int.from_bytes(data[place + 4 : place + 7], "big") | data[place + 7] << 24
        if time >= start and data[place] in (8, 9):
            time = max(0, time + add)
            data[place + 4 : place + 7] = (time & 0xFFFFFF).to_bytes(3, "big")
            data[place + 7] = time >> 24 & 255
        place += 11 + size + 4
    write(target, data)


def clusters(*paths):
    out = read(paths[0])
    for path in paths[1:-1]:
        data = read(path)
        out += data[data.index(b"\x1f\x43\xb6\x75") :]
    write(paths[-1], out)


def fragments(*paths):
    out = read(paths[0])
    for path in paths[1:-1]:
        data = read(path)
        out += data[data.index(b"moof") - 4 :]
    write(paths[-1], out)


def rate(source, target, value):
    data = read(source)
    place = data.index(b"vids", data.index(b"strh"))
    struct.pack_into("<II", data, place + 20, 1000, int(float(value) * 1000))
    write(target, data)


def rtp(source, target):
    data, dump = read(source), bytearray()
    for number, place in enumerate(range(0, len(data), 7 * 188)):
        dump += struct.pack(">BBHII", 0x80, 33, number & 0xFFFF, number * 3000 & 0xFFFFFFFF, 0x1234)
        dump += data[place : place + 7 * 188]
    write(target, dump)


def fourcc(source, target, old, new, nth):
    data, place = read(source), -1
    for _ in range(int(nth)):
        place = data.index(old.encode(), place + 1)
    data[place : place + 4] = new.encode()
    write(target, data)


def pack(source, target):
    data = read(source)
    start = data.index(b"movi")
    end = start + struct.unpack_from("<I", data, start - 4)[0]
    chunks, place = [], start + 4
    while place + 8 <= end:
        size = struct.unpack_from("<I", data, place + 4)[0]
        chunks.append([bytes(data[place : place + 4]), bytes(data[place + 8 : place + 8 + size])])
        place += 8 + size + (size & 1)

    def kind(content):
        at = content.rfind(b"\0\0\1\xb6")
        return content[at + 4] >> 6 if 0 <= at < len(content) - 4 else None

    video = [number for number, chunk in enumerate(chunks) if chunk[0] == b"00dc"]
    first = chunks[video[0]][1]
    old = first.find(b"\0\0\1\xb2")
    if old >= 0:
        first = first[:old] + first[first.index(b"\0\0\1", old + 4) :]
    at = max(first.find(b"\0\0\1\xb3"), 0) or first.find(b"\0\0\1\xb6")
    chunks[video[0]][1] = first[:at] + b"\0\0\1\xb2DivX503b1393p" + first[at:]
    pairs = iter(range(len(video) - 1))
    for number in pairs:
        one, two = video[number], video[number + 1]
        if kind(chunks[two][1]) != 2 or kind(chunks[one][1]) not in (0, 1):
            continue
        shown = chunks[one][1]
        # What stands in its place: a picture of type P that is not coded, at the time of the one before.
        bits = "".join(f"{byte:08b}" for byte in shown[shown.rfind(b"\0\0\1\xb6") + 4 :][:12])
        stop = 2 + bits[2:].index("0") + 2
        head = "01" + bits[2:stop] + bits[stop : stop + 5] + "10" + "0"
        head += "1" * (-len(head) % 8)
        chunks[one][1] += chunks[two][1]
        chunks[two][1] = b"\0\0\1\xb6" + int(head, 2).to_bytes(len(head) // 8, "big")
        next(pairs, None)
    body, index = b"movi", b""
    for name, content in chunks:
        key = 0x10 if name == b"01wb" or kind(content[: content.find(b"\0\0\1\xb6") + 5]) == 0 else 0
        index += name + struct.pack("<III", key, len(body), len(content))
        body += name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)
    out = data[: start - 8] + b"LIST" + struct.pack("<I", len(body)) + body + b"idx1" + struct.pack("<I", len(index)) + index
    struct.pack_into("<I", out, 4, len(out) - 8)
    write(target, out)


def probe(path, *what):
    return subprocess.check_output(["ffprobe", "-v", "error", *what, path], text=True)


def decode(path, *what):
    return subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", path, *what, "-"], capture_output=True, check=False)


def check(path, fps):
    streams = json.loads(probe(path, "-show_streams", "-of", "json"))["streams"]
    video = next(stream for stream in streams if stream["codec_type"] == "video")
    width, height = video["width"], video["height"]
    raw = decode(path, "-map", "0:v:0", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo").stdout
    lines = probe(path, "-select_streams", "v:0", "-show_entries", "frame=pts_time", "-of", "csv=p=0").split()
    times = np.array([float(line.split(",")[0]) for line in lines if line.strip(",")])
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, height, width)
    row, wide = height // 12, width / BLOCKS
    bits = np.stack(
        [
            pictures[:, row - 2 : row + 3, int((block + 0.3) * wide) : int((block + 0.7) * wide) + 1].mean((1, 2)) > 120
            for block in range(BLOCKS)
        ],
        1,
    )
    numbers = bits @ (1 << np.arange(BLOCKS - 1, -1, -1))
    steps = np.diff(numbers)
    found = {
        "pictures": len(numbers), "distinct": len(set(numbers.tolist())), "back": int((steps < 0).sum()),
        "repeated": int((steps == 0).sum()), "shortest": round(float(np.diff(times).min()), 4),
        "longest": round(float(np.diff(times).max()), 4), "first": int(numbers[0]), "last": int(numbers[-1]),
        "length": round(float(times[-1] + np.median(np.diff(times))), 3), "tags": video.get("color_primaries", ""),
        "complaints": len(decode(path, "-f", "null").stderr.splitlines()),
    }
    if any(stream["codec_type"] == "audio" for stream in streams):
        pcm = decode(path, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "f32le").stdout
        sound, skews, silent = np.frombuffer(pcm, np.float32), [], 0
        for number in range(0, len(numbers), max(1, len(numbers) // 400)):
            middle = int(times[number] * 48000)
            part = sound[max(0, middle - 960) : middle + 960]
            if len(part) < 1900:
                continue
            if np.sqrt((part**2).mean()) < 0.002:
                silent += 1
                continue
            tone = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 16)).argmax() * 48000 / (1 << 16)
            skews.append((tone - 300) / 150 - numbers[number] / fps)
        found["silent"] = silent
        if skews:
            found["skew"] = round(float(np.median(skews)), 4)
            found["off"] = int((np.abs(skews) > 0.02).sum())
            found["heard"] = len(skews)
    print(json.dumps(found))


if __name__ == "__main__":
    name, words = sys.argv[1], sys.argv[2:]
    if name == "draw":
        draw(int(words[0]), int(words[1]), float(words[2]), float(words[3]), words[4], words[5])
    elif name == "flv":
        flv(words[0], words[1], int(words[2]), int(words[3]))
    elif name == "check":
        check(words[0], float(words[1]))
    else:
        {"clusters": clusters, "fragments": fragments, "rate": rate, "pack": pack, "fourcc": fourcc, "rtp": rtp}[name](*words)
