import MomentsCore
import Testing

@Suite("folders as others see them")
struct PathMappingTests {
    @Test(
        "a path is named as the other machine names it",
        arguments: [
            ("/srv/in:/Volumes/in", "/srv/in/a/b.mp4", "/Volumes/in/a/b.mp4"),
            ("/srv/in/:/Volumes/in/", "/srv/in/b.mp4", "/Volumes/in/b.mp4"),
            ("/srv/in:Z:\\in", "/srv/in/a/b.mp4", "Z:\\in\\a\\b.mp4"),
            ("/srv/in:\\\\nas\\in\\", "/srv/in/b.mp4", "\\\\nas\\in\\b.mp4"),
            ("/srv/in:/x", "/srv/inner/b.mp4", "/srv/inner/b.mp4"),
        ]
    )
    func applied(mapping: String, path: String, expected: String) throws {
        let mapping = try #require(PathMapping(text: mapping))
        #expect([mapping].apply(to: FilePath(path)) == FilePath(expected))
    }

    @Test("of several the innermost counts, whatever their order")
    func innermost() throws {
        let mappings = try ["/srv:/a", "/srv/in/b:/c", "/srv/in:/b"].map { try #require(PathMapping(text: $0)) }
        #expect(mappings.apply(to: "/srv/in/b/x.mp4") == "/c/x.mp4")
        #expect(mappings.reversed().apply(to: "/srv/in/x.mp4") == "/b/x.mp4")
    }

    @Test("what is no mapping is refused", arguments: ["", "/a", "/a:", ":/b", "a:/b"])
    func refused(text: String) { #expect(PathMapping(text: text) == nil) }
}
