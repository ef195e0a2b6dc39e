import MomentsCore
import MomentsWatch
import Testing

@Suite("name patterns")
struct GlobTests {
    @Test(
        "a pattern matches whole names, byte by byte",
        arguments: [
            ("*.mp4", "a.mp4", true), ("*.mp4", "a.mp4.part", false), ("a?c", "abc", true), ("a?c", "ac", false),
            ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[a", "[a", true), ("\\*", "*", true),
            ("\\*", "a", false),
            ("*", "", true), ("**a*b", "xxaxxb", true), ("raw/*", "raw/x.mp4", true), ("", "a", false),
        ]
    )
    func matching(pattern: String, name: String, expected: Bool) {
        #expect(Glob(pattern).matches(FilePath(name)) == expected)
    }

    @Test("a hostile pattern and name cost no exponential time", .timeLimit(.minutes(5)))
    func hostile() {
        let pattern = String(repeating: "*a", count: 50) + "b"
        #expect(!Glob(pattern).matches(FilePath(String(repeating: "a", count: 255))))
    }

    @Test(
        "unfinished transfers, litter and our own files are left alone",
        arguments: [
            "video.mp4.part", ".hidden.mp4", "..mp4", "a.CRDOWNLOAD", "._a.mp4", "Thumbs.db", "#123456", "a.mp4~",
            "a.mp4.moments.json", "a.mp4.request.json", "a.mp4.moments.json.broken-2", ".momentsd-tmp-x", "~$a.mp4",
            "a.mp4:Zone.Identifier", "deep/.x/../.b.mp4", "deep/a.NFO",
        ]
    )
    func ignored(name: String) { #expect(IgnoreRules().ignoresFile(FilePath(name))) }

    @Test(
        "unusual names are no reason to ignore a video",
        arguments: [
            "#.mp4", "hash#tag.mp4", "-x.mp4", "no-extension", "a\nb.mp4", "trailing-dot..mp4", "parts.mp4", "1~2.mov",
        ]
    )
    func kept(name: String) { #expect(!IgnoreRules().ignoresFile(FilePath(name))) }

    @Test("configured patterns hold for names, or for paths when they have a slash")
    func configured() {
        let rules = IgnoreRules(patterns: ["*.txt", "raw/*"])
        #expect(rules.ignoresFile("deep/notes.txt"))
        #expect(rules.ignoresFile("raw/a.mp4"))
        #expect(!rules.ignoresFile("deep/raw.mp4"))
        #expect(rules.ignoresFolder("a/@eaDir"))
        #expect(rules.ignoresFolder("a/b.trickplay"))
        #expect(!rules.ignoresFolder("a/b"))
    }
}
