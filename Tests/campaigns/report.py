#!/usr/bin/env python3
"""Looks at a report in Chromium, and drives its editor.

Usage: report.py RESULT REQUEST [PICTURES]

RESULT is a result's folder. The report is looked at narrow and wide, light and dark, printed, and without script; then its
first shot is banned and its first near miss (or second shot) pinned, another length is asked for, and the request is
saved as the page's own button saves it, to REQUEST. Pictures go into the folder PICTURES. Prints what is wrong.
"""
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser  # noqa: E402

# What a screen reader and a keyboard need of any page; each gives what lacks it.
ACCESS = """(function(){
    const all = (what) => Array.from(document.querySelectorAll(what)).filter(e => e.offsetParent !== null), bad = [];
    all('img').forEach(e => e.alt || bad.push('a picture without words'));
    all('input,select,textarea').forEach(e => e.labels.length || e.getAttribute('aria-label') || bad.push('a field without a label'));
    all('button,a').forEach(e => e.textContent.trim() || e.getAttribute('aria-label') || bad.push('a button without words'));
    all('th').forEach(e => e.scope || bad.push('a head without a scope'));
    let level = 0;
    all('h1,h2,h3,h4').forEach(e => { const n = Number(e.tagName[1]); if (n > level + 1) bad.push('headings skip a level'); level = n; });
    if (document.querySelectorAll('h1').length !== 1) bad.push('not one heading');
    if (!document.documentElement.lang) bad.push('no language');
    if (!document.querySelector('main')) bad.push('no main part');
    document.querySelectorAll('[id]').forEach(e => document.querySelectorAll('#' + CSS.escape(e.id)).length > 1 && bad.push('an id twice'));
    // Contrast of every text against what it stands on, as WCAG computes it.
    const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
        return .2126 * r + .7152 * g + .0722 * b };
    const parse = t => (t.match(/[\\d.]+/g) || []).map(Number);
    const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] > .9) return c.slice(0, 3) } return [255, 255, 255] };
    const seen = new Set();
    all('body *').forEach(e => {
        if (!Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim())) return;
        const style = getComputedStyle(e), a = light(parse(style.color).slice(0, 3)), b = light(ground(e));
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        const large = parseFloat(style.fontSize) >= 24;
        if (ratio < (large ? 3 : 4.5)) seen.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(1)) });
    seen.forEach(t => bad.push('little contrast: ' + t));
    return Array.from(new Set(bad)) })()"""


def main(result, request, pictures=None):
    page, faults = pathlib.Path(result, "report.html"), []
    browser = Browser()

    def shoot(name):
        if pictures:
            browser.shoot(pathlib.Path(pictures, f"report-{name}.png"))

    try:
        for width, dark in ((1280, False), (1280, True), (390, False), (390, True)):
            where = f"{width} {'dark' if dark else 'light'}"
            browser.look(width, 900 if width > 600 else 844, dark)
            browser.open(page)
            browser.wait("document.querySelector('video').readyState > 0")
            if browser.run("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"wider than the window at {where}")
            faults += [f"{where}: {fault}" for fault in browser.run(ACCESS)]
            shoot(where.replace(" ", "-"))
        if browser.run("document.title").startswith("owned"):
            faults.append("a name became markup")
        browser.run("document.querySelector('video').play()")
        browser.wait("document.querySelector('video').currentTime > 0.2")
        browser.run("document.querySelector('video').pause()")
        faults += browser.complaints()

        browser.look(794, 1123, media="print")
        if browser.run("getComputedStyle(document.getElementById('editor')).display") != "none":
            faults.append("the editor is printed")
        shoot("print")
        browser.look()
        browser.open(page, script=False)
        value = browser.call("Runtime.evaluate", returnByValue=True, expression="""({
            editor: document.getElementById('editor').offsetParent !== null,
            tables: document.querySelectorAll('table.stack tbody tr').length, marks: document.querySelectorAll('svg rect').length})""")
        plain = value["result"]["value"]
        if plain["editor"] or not plain["tables"] or not plain["marks"]:
            faults.append(f"without script: {plain}")

        browser.open(page)
        wanted = edit(browser, result, request, faults)
        faults += browser.complaints()
        if not faults:
            print("nothing wrong;", wanted)
    finally:
        browser.close()
    for fault in faults:
        print("wrong:", fault)
    return bool(faults)


def edit(browser, result, request, faults):
    """Bans, pins, asks for a length, saves, drags an edge; returns what was asked for."""
    rows = browser.run("Array.from(document.querySelectorAll('#rows tr')).map(r => r.querySelector('th').textContent)")
    shots = [row for row in rows if row.startswith("shot")]
    pinned = next((row for row in rows if row.startswith("near")), shots[-1])
    banned = shots[0]

    def choose(row, value):
        browser.run(f"""(function(){{
            const select = document.querySelectorAll('#rows tr')[{rows.index(row)}].querySelector('select');
            select.focus(); select.value = {json.dumps(value)}; select.dispatchEvent(new Event('change', {{bubbles: true}}))}})()""")

    choose(banned, "ban")
    choose(pinned, "pin")
    browser.run("""(function(){const box = document.getElementById('length');
        box.value = '9'; box.dispatchEvent(new Event('input', {bubbles: true}))})()""")
    text = json.loads(browser.run("document.getElementById('request').value"))
    if text.get("target_duration") != 9 or len(text.get("pin", [])) != 1 or len(text.get("ban", [])) != 1:
        faults.append(f"the request is {text}")
    made = json.loads(pathlib.Path(result, "manifest.json").read_text())
    if text.get("preset") != made.get("preset") or text.get("aspect") != made["config"]["aspect"]:
        faults.append(f"made with the preset {made.get('preset')}, but the request is {text}")
    with tempfile.TemporaryDirectory() as folder:
        browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=folder)
        browser.run("document.getElementById('save').click()")
        for _ in range(200):
            saved = [path for path in pathlib.Path(folder).iterdir() if not path.name.endswith(".crdownload")]
            if saved:
                break
            browser.run("new Promise(done => setTimeout(done, 50))")
        if not saved:
            faults.append("nothing was saved")
            return text
        if json.loads(saved[0].read_text()) != text:
            faults.append("what was saved is not what is shown")
        pathlib.Path(request).write_bytes(saved[0].read_bytes())
    # The last edge belongs to what was pinned; dragged by the mouse, the stretch follows.
    browser.run("document.getElementById('timeline').scrollIntoView({block: 'center'})")
    edge = browser.run("""(function(){
        const edges = document.querySelectorAll('#timeline .edge'), e = edges[edges.length - 1].getBoundingClientRect();
        return [e.x + e.width / 2, e.y + e.height / 2]})()""")
    for kind, offset in (("mousePressed", 0), ("mouseMoved", -8), ("mouseMoved", -16), ("mouseReleased", -16)):
        browser.call("Input.dispatchMouseEvent", type=kind, x=edge[0] + offset, y=edge[1], button="left", buttons=1, clickCount=1)
    dragged = json.loads(browser.run("document.getElementById('request').value") or "{}")
    if dragged.get("pin") == text["pin"] and "segments" not in dragged:
        faults.append(f"a dragged edge gives {dragged}")
    return text


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
