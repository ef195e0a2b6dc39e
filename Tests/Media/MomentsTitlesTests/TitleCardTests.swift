import MomentsCore
import MomentsTitles
import Testing

@Suite("title cards")
struct TitleCardTests {
    @Test("a card fills its frame and shows its text", arguments: ["Grüße", "مرحبا بالعالم", "新製品のご案内", "🎉 Fête 🎂"])
    func shows(text: String) {
        let painted = TitlePainter(width: 640, height: 360).card(title: text, detail: "one line")
        #expect((painted.bitmap.width, painted.bitmap.height) == (640, 360))
        #expect(painted.missing.isEmpty)
        let empty = TitlePainter(width: 640, height: 360).card(title: "")
        #expect(painted.bitmap != empty.bitmap)
        #expect(painted.bitmap[0, 0].opacity == 255)
    }

    @Test("a character that no font has is named and left out, so that nothing shows a box instead")
    func names() {
        let painter = TitlePainter(width: 640, height: 360)
        let painted = painter.card(title: "A\u{10FFFD}B")
        #expect(painted.missing == ["\u{10FFFD}"])
        #expect(painted.bitmap == painter.card(title: "AB").bitmap)
        #expect(PaintedTitle.note(on: painted.missing)?.contains("U+10FFFD") == true)
        #expect(PaintedTitle.note(on: []) == nil)
    }

    @Test("a megabyte of text, and a frame of one pixel, are painted all the same")
    func hostile() {
        let text = String(repeating: "Wörter 🎉 كلمات ", count: 60_000)
        let painted = TitlePainter(width: 320, height: 180).card(title: text, detail: text)
        #expect(painted.bitmap.width == 320)
        #expect(TitlePainter(width: 1, height: 1).card(title: "x", detail: "y").bitmap.height == 1)
    }
}
