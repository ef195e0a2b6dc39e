#!/usr/bin/env python3
"""Fills an outbox with results, times what follows a publish, and looks at the page of all results in Chromium.

Usage: gallery.py fill OUTBOX COUNT          results with the manifests that momentsd writes
       gallery.py times OUTBOX COUNT         waits for COUNT results to be shown, prints how long after each the page was
       gallery.py look OUTBOX [PICTURES]     opens the page from the disk; pictures of it go into a folder
       gallery.py names OUTBOX [PICTURES]    the same, where the results are not those of fill
"""
import ctypes
import json
import os
import pathlib
import struct
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser  # noqa: E402

HOSTILE = ["<script>document.title='owned'</script>", "\"onmouseover=\"document.title='owned'", "a\nb 'c' & d",
           "‮gpj.evil", "مقطع فيديو", "x" * 190, "%2e%2e", "javascript:document.title='owned'", "#?&=", "<img src=x onerror=1>"]


def fill(outbox, count):
    """Each a folder with a manifest, a small picture and a page, as momentsd leaves them."""
    picture = bytes.fromhex(
        "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c"
        "1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc4001f000001050101010101010"
        "0000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d010203000411051221314106135161072271143"
        "28191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a6364656667"
        "68696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d"
        "5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbd3ffd9")
    model = json.loads(next(pathlib.Path(outbox).rglob("manifest.json")).read_text())
    for number in range(count):
        name = HOSTILE[number // 50 % len(HOSTILE)] + f" {number}" if number % 50 == 49 else f"film {number:05}"
        name = name.replace("/", "_")
        folder = pathlib.Path(outbox, f"{2000 + number % 25}", name)
        folder.mkdir(parents=True)
        manifest = json.loads(json.dumps(model))
        manifest["job_id"] = f"01900000-0000-7000-8000-{number:012}"
        moment = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(1_600_000_000 + number * 3600))
        manifest["completed_at"] = manifest["updated_at"] = moment
        manifest["source"]["name"] = name + ".mp4"
        manifest["result"]["folder"] = f"{2000 + number % 25}/{name}"
        manifest["result"]["outputs"] = [
            {"kind": kind, "path": path, "bytes": len(picture), "sha256": "0" * 64}
            for kind, path in (("thumbnail", "thumbnail.jpg"), ("report", "report.html"), ("preview", "preview.webp"))]
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / "thumbnail.jpg").write_bytes(picture)


def times(outbox, count):
    """By inotify: when a result appears in the outbox, and when the page is replaced after it."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_CLOEXEC)
    moved_to = 0x80
    if libc.inotify_add_watch(watch, os.fsencode(outbox), moved_to) < 0:
        raise OSError(ctypes.get_errno(), "inotify_add_watch")
    print("watching", flush=True)
    since, delays = None, []
    while len(delays) < count:
        events, now, place = os.read(watch, 1 << 16), time.monotonic(), 0
        while place < len(events):
            _, _, _, length = struct.unpack_from("iIII", events, place)
            name = events[place + 16:place + 16 + length].rstrip(b"\0")
            place += 16 + length
            if name == b"index.html":
                if since is not None:
                    delays.append((now - since) * 1000)
                since = None
            elif not name.startswith(b"."):
                since = now
    delays.sort()
    print(f"a result, then the page: {delays[len(delays) // 2]:.0f} ms (middle), {delays[-1]:.0f} ms (longest of {count})")
    return delays[len(delays) // 2] > 50


def look(outbox, pictures=None, filled=True):
    faults = []
    page = pathlib.Path(outbox, "index.html")
    browser = Browser()
    try:
        for width, dark in ((1280, False), (1280, True), (390, False), (390, True)):
            browser.look(width, 900 if width > 600 else 844, dark)
            browser.open(page)
            browser.wait("!document.getElementById('search').hidden")
            if browser.run("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"wider than the window at {width}")
            if pictures:
                browser.shoot(pathlib.Path(pictures, f"gallery-{width}-{'dark' if dark else 'light'}.png"), whole=False)
        # Usable: searched, and the hits shown; from the first byte asked for, without anything kept from before.
        spent = []
        for _ in range(3):
            browser.call("Network.clearBrowserCache")
            browser.look()
            browser.open(page)
            browser.wait("!document.getElementById('search').hidden")
            spent.append(browser.run("performance.now()"))
        count = browser.run("document.getElementById('found').textContent")
        filtered = browser.run("""(function(){
            const box = document.getElementById('query'), start = performance.now();
            box.value = 'film 00042'; box.dispatchEvent(new Event('input'));
            return {hits: document.querySelectorAll('#results li').length, ms: performance.now() - start}})()""")
        if filled and filtered["hits"] != 1:
            faults.append(f"a search for one film finds {filtered['hits']}")
        if browser.run("document.title").find("owned") >= 0 or browser.run("document.querySelectorAll('script:not([src])').length") != 1:
            faults.append("a name became markup")
        faults += browser.complaints()
        browser.open(page)
        browser.wait("!document.getElementById('search').hidden")
        for link in browser.run("Array.from(document.querySelectorAll('#results a, #results img')).map(e => e.href || e.src)"):
            if not filled and not pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(link).path)).is_file():
                faults.append(f"leads nowhere: {link}")
        # The picture moves while it is pointed at.
        place = browser.run("""(function(){
            const e = document.querySelector('#results img[data-preview]').getBoundingClientRect(); return [e.x + 9, e.y + 9]})()""")
        browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=place[0], y=place[1])
        if not browser.run("document.querySelector('#results img[data-preview]').src").endswith("preview.webp"):
            faults.append("nothing moves where it is pointed at")
        # Without script the newest are there all the same.
        browser.open(page, script=False)
        shown = browser.call("Runtime.evaluate", expression="document.querySelectorAll('#results li').length")
        shown = shown["result"].get("value")
        print(f"{count} results: usable after {sorted(spent)[1]:.0f} ms, a search takes {filtered['ms']:.0f} ms; "
              f"{shown} without script; {page.stat().st_size // 1024} KiB")
        if sorted(spent)[1] > 1000:
            faults.append("not usable within a second")
    finally:
        browser.close()
    for fault in faults:
        print("wrong:", fault)
    return bool(faults)


if __name__ == "__main__":
    command, outbox, *more = sys.argv[1:]
    if command == "fill":
        sys.exit(fill(outbox, int(more[0])))
    if command == "times":
        sys.exit(times(outbox, int(more[0])))
    sys.exit(look(outbox, *more, filled=command == "look"))
