import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("identity by content", .scratchFolder, .timeLimit(.minutes(5)))
struct IdentityTests {
    @Test("the same content dropped again is linked to the result that is there; all bytes count, not only samples")
    func linked() async throws {
        var house = try House()
        house.configuration.linksDuplicates = true
        let supervisor = try await house.open()
        var bytes = [UInt8](repeating: 7, count: 2 << 20)
        try AtomicFile.replace(house.inbox.appending("one.ts"), with: bytes)
        await eventually { house.status("one.ts") == .completed }
        try AtomicFile.replace(house.inbox.appending("same.ts"), with: bytes)
        bytes[bytes.count / 2] = 8
        try AtomicFile.replace(house.inbox.appending("other.ts"), with: bytes)
        await eventually { house.status("same.ts") == .completed && house.status("other.ts") == .completed }
        #expect(house.started == ["one.ts", "other.ts"])
        #expect(house.manifest("same.ts")?.result?.folder == "one")
        #expect(house.manifest("other.ts")?.result?.folder == "other")
        #expect(house.manifest("one.ts")?.source.contentID == house.manifest("other.ts")?.source.contentID)
        await supervisor.stop()
    }

    @Test("content whose result somebody removed is processed again")
    func resultGone() async throws {
        var house = try House()
        house.configuration.linksDuplicates = true
        let supervisor = try await house.open()
        try house.drop("one.mp4")
        await eventually { house.status("one.mp4") == .completed }
        try Folder.removeTree(house.outbox.appending("one"))
        try house.drop("two.mp4")
        await eventually { house.status("two.mp4") == .completed }
        #expect(house.results() == ["two"])
        await supervisor.stop()
    }

    @Test("a failed video that is copied again is tried again, though its size and samples are the same")
    func copiedAgain() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("fail.mp4")
        await eventually { house.status("fail.mp4") == .failed }
        try house.drop("fail.mp4")
        await eventually { house.started.count == 2 && house.status("fail.mp4") == .failed }
        await supervisor.stop()
    }

    @Test("a failed video is tried again under another configuration, also one that came with a restart")
    func reconfigured() async throws {
        var house = try House()
        let first = try await house.open()
        try house.drop("fail.mp4")
        await eventually { house.status("fail.mp4") == .failed }
        let configuration = house.configuration
        house.configuration.resolve = { _, folder in JobWish(JobOptions(targetDuration: 12), preset: folder) }
        await first.reload(house.configuration)
        await eventually { house.started.count == 2 && house.status("fail.mp4") == .failed }
        await first.stop()
        house.configuration = configuration
        let second = try await house.open()
        await eventually { house.started.count == 3 && house.status("fail.mp4") == .failed }
        await second.stop()
    }

    @Test("a result shown before a kill is found again though its video was renamed meanwhile")
    func renamedAfterKill() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        await first.stop()
        var manifest = try #require(house.manifest("beach.mp4"))
        manifest.pretend(.processing)
        manifest.result = nil
        manifest.source.name = "sea.mp4"
        try ManifestStore(inbox: RootedDirectory(house.inbox)).write(manifest)
        try Folder.removeFile(house.inbox.appending("beach.mp4.moments.json"))
        try Folder.move(house.inbox.appending("beach.mp4"), to: house.inbox.appending("sea.mp4"))
        let second = try await house.open()
        #expect(house.status("sea.mp4") == .completed)
        #expect(house.manifest("sea.mp4")?.result?.folder == "beach")
        #expect(house.started.count == 1)
        await second.stop()
    }

    @Test("a video that is renamed while its result is being shown is completed under its new name")
    func renamedAtTheEnd() async throws {
        var house = try House()
        // Nothing is reported by the kernel, and nothing is looked at by itself: only what this test says.
        house.configuration.watch = .poll
        house.configuration.pollInterval = .seconds(3600)
        house.configuration.reconcileInterval = .seconds(3600)
        let supervisor = try await house.open()
        try house.drop("pause.mp4")
        await supervisor.hear([.look("pause.mp4")])
        await eventually { house.started.count == 1 }
        try Folder.move(house.inbox.appending("pause.mp4"), to: house.inbox.appending("sea.mp4"))
        try house.gate.open()
        await supervisor.hear([.look("pause.mp4")])
        // On a machine that is slow its worker may be told to stop before that: the video is gone for all that is known.
        await eventually {
            let heard = house.recorder.now
            return heard.events.contains(.stageStarted(.publish)) || !heard.removed.isEmpty
                || heard.statuses.values.contains { $0.contains(.cancelled) }
        }
        await supervisor.hear([.look("sea.mp4")])
        await supervisor.compare()
        await eventually { house.status("sea.mp4") == .completed && house.manifest("pause.mp4") == nil }
        // Shown before the new name was known, it keeps the folder it was shown in; else it is done again. Never both.
        let folder = try #require(house.manifest("sea.mp4")?.result?.folder)
        #expect([FilePath("sea"), "pause"].contains(folder))
        #expect(house.results() == ["\(folder)"])
        await supervisor.stop()
    }
}
