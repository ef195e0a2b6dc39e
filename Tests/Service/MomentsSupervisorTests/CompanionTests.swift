internal import MomentsCore
internal import MomentsStore
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("files that belong to videos", .scratchFolder, .timeLimit(.minutes(5)))
struct CompanionTests {
    /// What begins as an ISO file does.
    private static let proxy = "\0\0\0\u{18}ftypisom\0\0\0\0isommp42"

    /// What begins as a transport stream does: a G in front of every packet.
    private static let stream = String(repeating: "G" + String(repeating: ".", count: 187), count: 3)

    @Test("what a camera writes beside a video is no job and no failure, is not touched, and is named in its manifest")
    func card() async throws {
        let house = try House()
        let supervisor = try await house.open()
        // Made out of sight, so that all of them are there at once however slow the machine is.
        try Folder.make(house.inbox.appending(".card"))
        for (name, content) in [
            ("GL010012.LRV", Self.proxy), ("GX010012.MP4", "a recording"), ("GX010012.THM", "a picture"),
            ("beach.srt", "1"), ("beach.mp4", "another recording"),
            // From a card whose names were spelled anew.
            ("GX010013.MP4", "a third recording"), ("gx010013.thm", "a picture"), ("gl010013.lrv", Self.proxy),
        ] {
            try house.drop(FilePath(".card/" + name), content)
        }
        try Folder.move(house.inbox.appending(".card"), to: house.inbox.appending("card"))
        for name: FilePath in ["card/GX010012.MP4", "card/beach.mp4", "card/GX010013.MP4"] {
            await eventually { house.status(name) == .completed }
        }
        #expect(house.manifest("card/GX010012.MP4")?.companions == ["card/GL010012.LRV", "card/GX010012.THM"])
        #expect(house.manifest("card/beach.mp4")?.companions == ["card/beach.srt"])
        #expect(house.manifest("card/GX010013.MP4")?.companions == ["card/gl010013.lrv", "card/gx010013.thm"])
        #expect(Set(house.started) == ["GX010012.MP4", "beach.mp4", "GX010013.MP4"])
        await supervisor.stop()
        // Nor are they jobs when everything is found at a start.
        let again = try await house.open()
        try house.drop("last.mp4", "the last one")
        await eventually { house.status("last.mp4") == .completed }
        #expect(Set(house.started) == ["GX010012.MP4", "beach.mp4", "GX010013.MP4", "last.mp4"])
        let names = try Folder.names(in: house.inbox.appending("card"))
        for name: FilePath in ["GL010012.LRV", "GX010012.THM", "beach.srt", "gx010013.thm", "gl010013.lrv"] {
            #expect(names.contains(name))
            #expect(house.manifest(FilePath("card").appending(name)) == nil)
        }
        await again.stop()
    }

    @Test("a proxy without its video is a video, and so is one that only bears such a name")
    func orphan() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("GL010099.LRV", "a proxy alone")
        try house.drop("real.mp4", "a video")
        try house.drop("real.srt", Self.stream)
        for name: FilePath in ["GL010099.LRV", "real.mp4", "real.srt"] {
            await eventually { house.status(name) == .completed }
        }
        #expect(house.manifest("real.mp4")?.companions == [])
        await supervisor.stop()
    }

    @Test("photos, documents and notes among the videos are no jobs, no failures, and not touched")
    func strays() async throws {
        let house = try House()
        let supervisor = try await house.open()
        let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]
        try Folder.make(house.inbox.appending(".party"))
        for (name, content) in [
            ("IMG_1.JPG", photo), ("list.pdf", Array("%PDF-1.7".utf8)), ("read me.txt", Array("hello".utf8)),
            ("early.srt", Array("1\n".utf8)), ("clip.jpg", Array(Self.stream.utf8)), ("photo.mp4", photo),
        ] {
            try AtomicFile.replace(house.inbox.appending(FilePath(".party/" + name)), with: content)
        }
        try Folder.move(house.inbox.appending(".party"), to: house.inbox.appending("party"))
        // A video is one whatever its name says, and what bears a video's name is looked at by the worker.
        for name: FilePath in ["party/clip.jpg", "party/photo.mp4"] {
            await eventually { house.status(name) == .completed }
        }
        #expect(Set(house.started) == ["clip.jpg", "photo.mp4"])
        await supervisor.stop()
        let again = try await house.open()
        try house.drop("last.mp4", "the last one")
        await eventually { house.status("last.mp4") == .completed }
        #expect(Set(house.started) == ["clip.jpg", "photo.mp4", "last.mp4"])
        for name in ["IMG_1.JPG", "list.pdf", "read me.txt", "early.srt"] {
            #expect(house.manifest(FilePath("party/" + name)) == nil)
            #expect((try? FileStatus.of(house.inbox.appending(FilePath("party/" + name)))) != nil)
        }
        await again.stop()
    }

    @Test("what came before its video is no job of its own any more once that is there")
    func early() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("GL010077.LRV", "a proxy alone")
        await eventually { house.status("GL010077.LRV") == .completed }
        try house.drop("GX010077.MP4", "a recording")
        await eventually { house.status("GX010077.MP4") == .completed && house.manifest("GL010077.LRV") == nil }
        #expect(house.manifest("GX010077.MP4")?.companions == ["GL010077.LRV"])
        await supervisor.stop()
    }

    @Test("where companions are not to be known, each is a job")
    func off() async throws {
        var house = try House()
        house.configuration.knowsCompanions = false
        let supervisor = try await house.open()
        try house.drop("beach.mp4", "a video")
        try house.drop("beach.thm", "a picture")
        for name: FilePath in ["beach.mp4", "beach.thm"] { await eventually { house.status(name) == .completed } }
        await supervisor.stop()
    }
}
