import Glibc
import MomentsCore
import MomentsSettings
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("what becomes of videos and results", .scratchFolder, .timeLimit(.minutes(5)))
struct AfterwardsTests {
    @Test(
        "completed videos are archived with their manifest, also to another disk, and known again",
        arguments: [false, true]
    )
    func archive(isFar: Bool) async throws {
        let disk = FilePath("/dev/shm/moments-archive-\(UInt32.random(in: .min ... .max))")
        defer { try? Folder.removeTree(disk) }
        var house = try House()
        let archive = (isFar ? disk : ScratchFolder.path).appending("archive")
        if isFar {
            try Folder.make(disk)
            try await ScratchFolder.changes.follow(disk)
        }
        house.configuration.afterSuccess = .archive
        house.configuration.archive = archive
        house.configuration.linksDuplicates = true
        let supervisor = try await house.open()
        try Folder.make(house.inbox.appending("sub"))
        try house.drop("sub/beach.mp4.request.json", "12")
        try house.drop("sub/beach.mp4")
        await eventually { (try? Folder.names(in: house.inbox.appending("sub"))) == [] }
        let names = try Folder.names(in: archive.appending("sub"))
        #expect(names == ["beach.mp4", "beach.mp4.moments.json", "beach.mp4.request.json"])
        let reading = try ManifestStore(inbox: RootedDirectory(archive)).read("sub/beach.mp4")
        guard case .manifest(let manifest) = reading else { throw CancellationError() }
        #expect(manifest.status == .completed)
        try house.drop("again.mp4.request.json", "12")
        try house.drop("again.mp4")
        await eventually { (try? Folder.names(in: archive).contains("again.mp4")) == true }
        #expect(house.started == ["beach.mp4"])
        #expect(house.results("sub") == ["beach"])
        await supervisor.stop()
    }

    @Test("failed videos are quarantined once they are not tried again; names that are taken get a number")
    func quarantine() async throws {
        var house = try House()
        let place = ScratchFolder.path.appending("quarantine")
        house.configuration.afterFailure = .quarantine
        house.configuration.quarantine = place
        let supervisor = try await house.open()
        try house.drop("fail.mp4")
        try house.drop("crash.mp4", "another")
        await eventually { (try? Folder.names(in: place))?.count == 2 }
        await eventually { house.status("crash.mp4") == .failed }
        try house.drop("fail.mp4", "a third")
        await eventually { (try? Folder.names(in: place).contains("fail (2).mp4")) == true }
        #expect(try FileStatus.of(house.inbox.appending("crash.mp4")).kind == .regular)
        await supervisor.stop()
    }

    @Test("a video is removed only after its result was read back whole")
    func delete() async throws {
        var house = try House()
        let first = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        await first.stop()
        // Somebody has been at the result since.
        try AtomicFile.replace(house.outbox.appending("beach/highlight.mp4"), with: Array("HELLO".utf8))
        house.configuration.afterSuccess = .delete
        let second = try await house.open()
        await eventually { house.recorder.now.problems.contains { $0.contains("verify the result") } }
        #expect(try FileStatus.of(house.inbox.appending("beach.mp4")).kind == .regular)
        try house.drop("sea.mp4", "another")
        await eventually { (try? FileStatus.of(house.inbox.appending("sea.mp4"))) == nil }
        await eventually { house.manifest("sea.mp4") == nil }
        #expect(house.results() == ["beach", "sea"])
        await second.stop()
    }

    @Test("the oldest results go when they take more than they may, the newest and all videos stay")
    func quota() async throws {
        var house = try House()
        let first = try await house.open()
        for number in 1...3 {
            try house.drop(FilePath("v\(number).mp4"), "video \(number)")
            await eventually { house.status(FilePath("v\(number).mp4")) == .completed }
        }
        await first.stop()
        try Folder.make(house.outbox.appending("own things"))
        house.configuration.outboxSize = 1
        let second = try await house.open()
        await eventually { house.results() == ["own things", "v3"] }
        await eventually { house.manifest("v1.mp4")?.message.contains("OutboxSize") == true }
        await eventually { (try? Folder.names(in: house.inbox).count) == 7 }
        #expect(house.started.count == 3)
        await second.stop()
    }

    @Test("results are removed by age, size or both, the oldest first")
    func surplus() {
        let results = (0..<5).map { number in
            Outbox.Stored(
                folder: FilePath("\(number)"),
                jobID: "\(number)",
                bytes: 10,
                completedAt: Timestamp(milliseconds: Int64(number) * 1000)
            )
        }
        let now = Timestamp(milliseconds: 10_000)
        #expect(Outbox.surplus(results, size: nil, retention: nil, at: now).isEmpty)
        #expect(Outbox.surplus(results, size: 30, retention: nil, at: now).map(\.jobID) == ["0", "1"])
        #expect(Outbox.surplus(results, size: nil, retention: .seconds(7.5), at: now).map(\.jobID) == ["0", "1", "2"])
        #expect(Outbox.surplus(results, size: 0, retention: .seconds(1), at: now).count == 4)
    }
}
