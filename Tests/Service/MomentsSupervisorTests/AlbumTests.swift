import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSettings
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("one reel of a folder is a job of the folder's", .scratchFolder, .timeLimit(.minutes(5)))
struct AlbumTests {
    private func house() throws -> House {
        var house = try House()
        house.configuration.quiet = .seconds(0.5)
        try Folder.make(house.inbox.appending("day/anna"))
        return house
    }

    @Test("it is made when its videos are done, again when more come, and its result lies in the folder's own")
    func made() async throws {
        let house = try house()
        try house.drop("day/a.mp4", "one")
        try house.drop("day/anna/b.mp4", "two")
        try house.drop("day/album.request.json", "45")
        let supervisor = try await house.open()
        await eventually { house.status("day/album") == .completed }
        #expect(house.started.last == "day")
        #expect(house.starts(of: "a.mp4") == 1 && house.starts(of: "b.mp4") == 1)
        let manifest = try #require(house.manifest("day/album"))
        #expect(manifest.source.parts == ["day/a.mp4", "day/anna/b.mp4"])
        #expect(manifest.config.targetDuration == 45 && manifest.config.album != nil)
        #expect(manifest.result?.folder == "day/album")
        #expect(house.manifest("day/a.mp4")?.config.album == nil)
        try house.drop("day/anna/c.mp4", "three")
        await eventually {
            house.manifest("day/album")?.source.parts.count == 3 && house.status("day/album") == .completed
        }
        #expect(house.starts(of: "day") == 2 && house.starts(of: "a.mp4") == 1)
        await supervisor.stop()
        // The next service knows that it is done.
        let next = try await house.open()
        try await house.pass()
        #expect(house.starts(of: "day") == 2)
        // Without its request there is none.
        try Folder.removeFile(house.inbox.appending("day/album.request.json"))
        try await house.pass("second.mp4")
        await next.stop()
    }

    @Test(
        "in the inbox's own folder nobody takes others' single reels away, which the manifest says",
        .enabled(if: geteuid() == 0)
    )
    func othersSingles() async throws {
        var house = try house()
        var options = JobOptions(targetDuration: 45)
        options.album = AlbumOptions()
        options.album?.singles = false
        let wanted = options
        house.configuration.resolve = { request, _ in JobWish(request == nil ? JobOptions() : wanted, preset: nil) }
        for (name, owner) in [("a.mp4", uid_t(4001)), ("b.mp4", 4002), ("album.request.json", 4001)] {
            try house.drop(FilePath(name), "of \(name)")
            #expect(chown(house.inbox.appending(FilePath(name)).text, owner, gid_t.max) == 0)
        }
        let supervisor = try await house.open()
        await eventually { house.status("album") == .completed && house.status("b.mp4") == .completed }
        #expect(house.starts(of: "a.mp4") == 0 && house.manifest("a.mp4") == nil)
        #expect(house.manifest("album")?.source.parts == ["a.mp4", "b.mp4"])
        let notes = house.manifest("album")?.notes ?? []
        #expect(notes.contains { $0.contains("those of others get reels of their own") }, "\(notes)")
        await supervisor.stop()
    }

    @Test("a folder named like the album is said to stand in its way")
    func blocked() async throws {
        let house = try house()
        try Folder.make(house.inbox.appending("day/album"))
        try house.drop("day/album/a.mp4", "one")
        try house.drop("day/album.request.json", "45")
        let supervisor = try await house.open()
        try await house.pass()
        await eventually { house.status("day/album/a.mp4") == .completed }
        #expect(house.recorder.now.notes.contains { $0.contains("No album is made of 'day'") })
        #expect(house.manifest("day/album") == nil)
        await supervisor.stop()
    }

    @Test("a story in the folder is in no album, and makes none")
    func stories() async throws {
        var house = try house()
        house.configuration.albums = .every
        try Folder.make(house.inbox.appending("more"))
        try house.drop("day/a.mp4", "one")
        try house.drop("day/trip.story.json", "{}")
        try house.drop("more/b.mp4", "two")
        try house.drop("more/c.mp4", "three")
        try house.drop("more/d.story.json", "{}")
        let supervisor = try await house.open()
        await eventually { house.status("more/album") == .completed }
        #expect(house.manifest("more/album")?.source.parts == ["more/b.mp4", "more/c.mp4"])
        #expect(house.manifest("day/album") == nil)
        await eventually {
            house.starts(of: "a.mp4") == 1 && house.starts(of: "trip.story.json") == 1
                && house.starts(of: "d.story.json") == 1
        }
        await supervisor.stop()
    }

    @Test("a folder without videos has none, and a video of that name is a video")
    func empty() async throws {
        let house = try house()
        try house.drop("day/album.request.json", "45")
        try house.drop("album", "a video")
        let supervisor = try await house.open()
        await eventually { house.status("album") == .completed }
        #expect(house.manifest("album")?.config.album == nil)
        #expect(house.manifest("day/album") == nil)
        await supervisor.stop()
    }

    @Test("every folder with several videos has one where that is configured, and none where it is not")
    func every() async throws {
        for (scope, isMade) in [(AlbumScope.every, true), (nil, false)] {
            var house = try House(in: ScratchFolder.path.appending(isMade ? "every" : "none"))
            house.configuration.quiet = .seconds(0.5)
            house.configuration.albums = scope
            try Folder.make(house.inbox.appending("day/anna"))
            for name in ["day/a.mp4", "day/b.mp4", "day/anna/c.mp4"] { try house.drop(FilePath(name), name) }
            if !isMade { try house.drop("day/album.request.json", "45") }
            let supervisor = try await house.open()
            try await house.pass()
            await eventually { house.status("day/b.mp4") == .completed && house.status("day/anna/c.mp4") == .completed }
            if isMade { await eventually { house.status("day/album") == .completed } }
            #expect((house.manifest("day/album") != nil) == isMade)
            #expect(house.manifest("day/anna/album") == nil)
            if isMade { #expect(house.manifest("day/album")?.source.parts == ["day/a.mp4", "day/b.mp4"]) }
            await supervisor.stop()
        }
    }

    @Test("the request may be there before any video, and an upload that broke off is not waited for")
    func brokenOff() async throws {
        let house = try house()
        try house.drop("day/album.request.json", "45")
        let supervisor = try await house.open()
        let half = Array(MiniMovie.bytes(seconds: 20).prefix(60))
        try AtomicFile.replace(house.inbox.appending("day/half.mp4"), with: half)
        for name in ["day/a.mp4", "day/anna/b.mp4"] { try house.drop(FilePath(name), name) }
        await eventually { house.status("day/album") == .completed }
        #expect(house.status("day/half.mp4") == .uploading)
        #expect(house.manifest("day/album")?.source.parts == ["day/a.mp4", "day/anna/b.mp4", "day/half.mp4"])
        await supervisor.stop()
    }

    @Test("more videos than it can hold are left out, and that is said")
    func surplus() async throws {
        var house = try house()
        house.configuration.mostInAlbum = 2
        for name in ["day/a.mp4", "day/b.mp4", "day/c.mp4"] { try house.drop(FilePath(name), name) }
        try house.drop("day/album.request.json", "45")
        let supervisor = try await house.open()
        await eventually { house.status("day/album") == .completed }
        #expect(house.manifest("day/album")?.source.parts == ["day/a.mp4", "day/b.mp4"])
        #expect(house.recorder.now.notes.contains { $0.contains("'day' has 1 videos more than it can hold") })
        await supervisor.stop()
    }

    @Test("photos are in it where they are wanted, and one that comes makes another reel; any folder's name will do")
    func photos() async throws {
        var house = try house()
        var options = JobOptions(targetDuration: 45)
        options.album = AlbumOptions()
        options.album?.photos = true
        let wanted = options
        house.configuration.resolve = { request, _ in JobWish(request == nil ? JobOptions() : wanted, preset: nil) }
        let folder = FilePath("our\nday \"1\"")
        func inside(_ name: String) -> FilePath { folder.appending(FilePath(name)) }
        try Folder.make(house.inbox.appending(folder))
        let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]
        try house.drop(inside("a.mp4"), "one")
        try AtomicFile.replace(house.inbox.appending(inside("p.jpg")), with: photo)
        // A thumbnail of a video belongs to that.
        try AtomicFile.replace(house.inbox.appending(inside("a.jpg")), with: photo)
        try house.drop(inside("album.request.json"), "{}")
        let supervisor = try await house.open()
        await eventually { house.status(inside("album")) == .completed }
        #expect(house.manifest(inside("album"))?.source.parts == [inside("a.mp4"), inside("p.jpg")])
        #expect(house.specs.contains { $0.contains("p.jpg") && $0.contains("\"photo\":true") })
        try AtomicFile.replace(house.inbox.appending(inside("q.jpg")), with: photo + [4])
        await eventually {
            house.manifest(inside("album"))?.source.parts.count == 3 && house.status(inside("album")) == .completed
        }
        #expect(house.starts(of: "a.mp4") == 1)
        await supervisor.stop()
    }
}
