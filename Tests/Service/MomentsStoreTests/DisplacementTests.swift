import Glibc
import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("taking a video away", .scratchFolder)
struct DisplacementTests {
    private let inbox = RootedDirectory(ScratchFolder.path)

    private func put(_ name: FilePath, _ content: String) throws {
        try AtomicFile.replace(ScratchFolder.path.appending(name), with: Array(content.utf8))
    }

    private func content(_ name: FilePath) throws -> String {
        let path = ScratchFolder.path.appending(name)
        return String(decoding: try Descriptor.openRegular(path).read(100, at: 0, of: path), as: UTF8.self)
    }

    @Test("another video that came under the name meanwhile stays, under its name")
    func another() throws {
        try put("a.mp4", "one")
        let expected = try inbox.status("a.mp4")
        try put("a.mp4", "another")
        #expect(throws: SystemError.self) { try Displacement.remove("a.mp4", of: inbox, expected: expected) }
        #expect(try content("a.mp4") == "another")
        let now = try inbox.status("a.mp4")
        try Displacement.remove("a.mp4", of: inbox, expected: now)
        #expect(try Folder.names(in: ScratchFolder.path).isEmpty)
    }

    @Test("what a kill left under a name of ours gets its own back, or one with a number, however long it is")
    func killed() throws {
        let long = FilePath(String(repeating: "x", count: 240) + ".mp4")
        for name in ["a.mp4", "b.mp4", long] as [FilePath] {
            try put(name, "their new video")
            let place = ScratchFolder.path.appending(name)
            let aside = AtomicFile.asideName(of: place)
            #expect(AtomicFile.isAside(aside.name))
            #expect(!AtomicFile.isTemporary(aside.name))
            try Folder.move(place, to: aside)
            if name == "b.mp4" { try put("b.mp4", "a later one") }
            Displacement.putBack(aside.name, of: inbox)
        }
        #expect(try content("a.mp4") == "their new video")
        #expect(try content("b.mp4") == "a later one")
        #expect(try content("b (2).mp4") == "their new video")
        #expect(try Folder.names(in: ScratchFolder.path).count == 4)
    }
}
