internal import FoundationEssentials
internal import MomentsCore
internal import Testing

@Suite("names as bytes")
struct FilePathTests {
    @Test("composed and decomposed accents are two names")
    func canonicalEquivalence() {
        let composed = FilePath("\u{dc}.mp4")
        let decomposed = FilePath("U\u{308}.mp4")
        #expect(composed != decomposed)
        #expect(composed.text == decomposed.text)
    }

    @Test("bytes that are not UTF-8 survive JSON")
    func badBytes() throws {
        let path = FilePath(bytes: [0x61, 0xff, 0xfe, 0x2e])
        let json = try MomentsJSON.line(path)
        #expect(String(decoding: json, as: UTF8.self) == "{\"hex\":\"61fffe2e\"}\n")
        #expect(try MomentsJSON.decode(FilePath.self, from: json) == path)
        #expect(path.exactText == nil)
    }

    @Test("text survives JSON as text", arguments: ["a b.mp4", "new\nline", "日本語.mov", "quote\"'"])
    func text(_ name: String) throws {
        let json = try MomentsJSON.line(FilePath(name))
        #expect(try MomentsJSON.decode(String.self, from: json) == name)
        #expect(try MomentsJSON.decode(FilePath.self, from: json) == FilePath(name))
    }

    @Test(
        "parents, names and stems",
        arguments: [
            ("/a/b.c.mp4", "/a", "b.c.mp4", "b.c"), ("/a", "/", "a", "a"), ("a", "", "a", "a"),
            ("/a/b/", "/a", "b", "b"),
            ("/x/.hidden", "/x", ".hidden", ".hidden"), ("/x/..mp4", "/x", "..mp4", "."),
        ]
    )
    func parts(_ expected: (path: FilePath, parent: FilePath, name: FilePath, stem: FilePath)) {
        #expect(expected.path.parent == expected.parent)
        #expect(expected.path.name == expected.name)
        #expect(expected.path.stem == expected.stem)
    }

    @Test("a path is relative only to a folder above it")
    func relative() {
        #expect(FilePath("/in/box/a/b").relative(to: "/in/box") == "a/b")
        #expect(FilePath("/in/boxes/a").relative(to: "/in/box") == nil)
        #expect(FilePath("/in/box").relative(to: "/in/box") == "")
        #expect(FilePath("in/box/a").relative(to: "/in/box") == nil)
    }

    @Test("what is shown is one harmless line")
    func display() {
        #expect(FilePath("a\u{1b}[31m\nb").display == "a\\u{1b}[31m\\u{a}b")
        #expect(FilePath("rtl-\u{202e}gpm.mp4").display == "rtl-\\u{202e}gpm.mp4")
        #expect(Escaping.html("<b a='\"&'>") == "&lt;b a=&#39;&quot;&amp;&#39;&gt;")
        #expect(Escaping.csv("=1+1") == "'=1+1")
        #expect(Escaping.csv("a,\"b\"") == "\"a,\"\"b\"\"\"")
        // A mark that combines with a sign hides it from nobody.
        #expect(Escaping.csv("=\u{301}1") == "'=\u{301}1")
        #expect(Escaping.csv("\"\u{301}") == "\"\"\"\u{301}\"")
    }

    @Test("a text is cut by the bytes it takes, between two codes")
    func cut() {
        #expect("beach".cut(toBytes: 5) == "beach")
        #expect("caf\u{e9}s".cut(toBytes: 4) == "caf")
        #expect(("1" + String(repeating: "\u{301}", count: 100_000)).cut(toBytes: 2000).utf8.count == 1999)
        #expect("\u{1f3d6}".cut(toBytes: 3) == "")
    }
}
