import MomentsTitles
import Testing

@Suite("text for titles")
struct TitleTextTests {
    @Test("controls and overrides of direction go, line breaks become blanks")
    func cleans() {
        #expect(TitleText("a\u{0}b\u{202E}c\u{2066}d\u{7F}").text == "abcd")
        #expect(TitleText("  one\n\n two\t three\u{2028}four  ").text == "one two three four")
    }

    @Test("what languages and emoji need stays")
    func keeps() {
        for text in ["می‌خواهم", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "❤️", "ที่นี่", "ঐতিহ্য", "é́"] { #expect(TitleText(text).text == text) }
    }

    @Test("a flood of marks, and a megabyte of anything, are bounded")
    func bounded() {
        #expect(TitleText("a" + String(repeating: "\u{301}", count: 2000) + "b").text.unicodeScalars.count == 7)
        #expect(TitleText(String(repeating: "\u{301}", count: 5000)).isEmpty)
        #expect(TitleText(String(repeating: "word ", count: 200_000)).text.unicodeScalars.count <= TitleText.longest)
        #expect(TitleText(String(repeating: "\u{202E}", count: 1_000_000)).isEmpty)
        #expect(TitleText(String(repeating: "👩\u{200D}", count: 1000)).text.unicodeScalars.count <= TitleText.longest)
    }
}
