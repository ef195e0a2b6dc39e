import MomentsCore
import MomentsStore
import MomentsSystem
import Testing

@Suite("names of results")
struct ResultNameTests {
    @Test(
        "a hostile name gives a visible folder that stays inside the outbox",
        arguments: [
            ("..", "video"), (".", "video"), ("", "video"), (".hidden", "_hidden"), ("..x", "_.x"), ("a/b", "a_b"),
            ("line\nbreak", "line_break"), ("dots...", "dots"), ("blank ", "blank"), (".momentsd", "_momentsd"),
            ("Ü", "Ü"), ("a b", "a b"), ("-rf", "-rf"),
        ]
    )
    func safe(name: String, expected: String) { #expect(ResultName.safe(FilePath(name)) == FilePath(expected)) }

    @Test("bytes that are not UTF-8 are kept, and long names are cut to fit with a mark")
    func long() {
        #expect(ResultName.safe(FilePath(bytes: [0x61, 0xff, 0xfe])).bytes == [0x61, 0xff, 0xfe])
        let long = ResultName.safe(FilePath(String(repeating: "長", count: 84)))
        #expect(long.bytes.count <= 200)
        #expect(long.exactText != nil)
        #expect(long != ResultName.safe(FilePath(String(repeating: "長", count: 84) + "x")))
    }

    @Test("a manifest's name fits for every name a file can have, and names its video again")
    func manifests() {
        #expect(ManifestName.manifest(of: "a/b.mp4") == "a/b.mp4.moments.json")
        #expect(ManifestName.video(of: "a/b.mp4.moments.json") == "a/b.mp4")
        #expect(ManifestName.video(of: "a/b.mp4.request.json") == "a/b.mp4")
        #expect(ManifestName.video(of: ".moments.json") == nil)
        let long = FilePath(String(repeating: "n", count: 251) + ".mp4")
        #expect(ManifestName.manifest(of: long).bytes.count <= 243)
        #expect(
            ManifestName.manifest(of: long)
                != ManifestName.manifest(of: FilePath(bytes: long.bytes.dropLast() + [0x35]))
        )
        #expect(ManifestName.video(of: ManifestName.manifest(of: long)) == nil)
    }
}
