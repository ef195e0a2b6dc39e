#!/usr/bin/env python3
"""Shows reels to a headless Chromium and reads from its canvas which picture it shows at each join.

Usage: reel-browser.py REEL.mp4 EXPECTED.json [CHROMIUM]

The reel's source carries its pictures' numbers as sixteen bars, dark for 0 and bright for 1, lowest bit on the left.
EXPECTED is a list of {"time": seconds of the reel, "picture": number}. The reel is sought to each, and played through
once from a second before each join. Prints what differs; the status is 0 where nothing does.
"""
import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

PAGE = """<!doctype html><video id=v muted src=/reel.mp4></video><canvas id=c></canvas><script>
const wanted = WANTED, found = [], errors = [];
const v = document.getElementById('v'), c = document.getElementById('c');
v.onerror = () => { errors.push('error ' + v.error.code + ' ' + v.error.message); send(); };
function send() { fetch('/done', {method: 'POST', body: JSON.stringify({found, errors})}); }
const event = name => new Promise(done => v.addEventListener(name, done, {once: true}));
const wait = ms => new Promise(done => setTimeout(done, ms));
function number() {
    c.width = v.videoWidth; c.height = v.videoHeight;
    const g = c.getContext('2d', {willReadFrequently: true});
    g.drawImage(v, 0, 0);
    let n = 0;
    for (let bit = 0; bit < 16; bit++) {
        const p = g.getImageData((bit + 0.5) * c.width / 16, c.height / 2, 1, 1).data;
        if (p[1] > 127) n += 1 << bit;
    }
    return n;
}
async function run() {
    if (v.readyState < 2) await event('loadeddata');
    for (const one of wanted) {
        const arrived = event('seeked');
        v.currentTime = one.time + 0.01;
        await arrived;
        await wait(60);
        found.push(number());
    }
    for (const one of wanted) {
        const arrived = event('seeked');
        v.currentTime = Math.max(0, one.time - 1);
        await arrived;
        await v.play();
        const end = Math.min(v.duration - 0.1, one.time + 0.5);
        for (let i = 0; i < 100 && v.currentTime < end; i++) await wait(50);
        if (v.currentTime < end) errors.push('stands still at ' + v.currentTime);
        v.pause();
    }
    send();
}
run().catch(e => { errors.push(String(e)); send(); });
</script>"""


def main(reel, expected, chromium="chromium"):
    wanted = json.loads(pathlib.Path(expected).read_text())
    video = pathlib.Path(reel).read_bytes()
    done, answer = threading.Event(), {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path != "/reel.mp4":
                return self.reply(200, "text/html", PAGE.replace("WANTED", json.dumps(wanted)).encode())
            first, last = 0, len(video) - 1
            asked = self.headers.get("Range", "")
            if asked.startswith("bytes="):
                start, _, end = asked[6:].partition("-")
                first, last = int(start), min(last, int(end)) if end else last
            part = video[first : last + 1]
            self.reply(206, "video/mp4", part, {"Content-Range": f"bytes {first}-{last}/{len(video)}"})

        def do_POST(self):
            answer.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.reply(200, "text/plain", b"")
            done.set()

        def reply(self, status, kind, body, more={}):
            self.send_response(status)
            for key, value in {"Content-Type": kind, "Content-Length": len(body), "Accept-Ranges": "bytes", **more}.items():
                self.send_header(key, str(value))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as profile:
        browser = subprocess.Popen(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--autoplay-policy=no-user-gesture-required", f"http://127.0.0.1:{server.server_port}/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finished = done.wait(120)
        browser.terminate()
        browser.wait()
    faults = answer.get("errors", []) if finished else ["no answer within two minutes"]
    for one, picture in zip(wanted, answer.get("found", [])):
        if picture != one["picture"]:
            faults.append(f"at {one['time']} s picture {picture} instead of {one['picture']}")
    print("; ".join(map(str, faults)) or f"{len(wanted)} joins as expected")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
