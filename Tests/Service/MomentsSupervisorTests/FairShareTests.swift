import MomentsCore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("several people in one inbox", .scratchFolder, .timeLimit(.minutes(5)))
struct FairShareTests {
    /// A supervisor outside its working hours, so that what is dropped waits.
    private func closed() throws -> House {
        var house = try House()
        for folder in ["alice", "bob"] { try Folder.make(house.inbox.appending(folder)) }
        let hour = LocalTime.secondOfDay / 3600
        house.configuration.hours = DailyHours(["\((hour + 11) % 24):00-\((hour + 12) % 24):00"])
        house.configuration.sharing.by = .folder
        return house
    }

    private func drop(_ names: [String], into house: House) async throws {
        for name in names {
            // All of one size, so that each is worth the same.
            try house.drop(FilePath(name), FilePath(name).name.text)
            await eventually { house.status(FilePath(name)) == .pending }
        }
    }

    @Test("folders take turns, whoever dropped more and earlier")
    func turns() async throws {
        var house = try closed()
        let supervisor = try await house.open()
        try await drop(["alice/a1.mp4", "alice/a2.mp4", "alice/a3.mp4", "bob/b1.mp4", "bob/b2.mp4"], into: house)
        await eventually { house.recorder.now.health.fairShare?.owners.map { $0.jobs[.pending] } == [3, 2] }
        #expect(house.recorder.now.health.fairShare?.owners.map(\.name) == ["alice", "bob"])
        house.configuration.hours = nil
        await supervisor.reload(house.configuration)
        await eventually { house.status("alice/a3.mp4") == .completed }
        #expect(house.started == ["a1.mp4", "b1.mp4", "a2.mp4", "b2.mp4", "a3.mp4"])
        await supervisor.stop()
    }

    @Test("who has had what a day allows waits, told in the manifest and by the health, and goes on when there is more")
    func limits() async throws {
        var house = try closed()
        let supervisor = try await house.open()
        try await drop(["alice/a1.mp4", "alice/a2.mp4", "bob/b1.mp4"], into: house)
        house.configuration.hours = nil
        house.configuration.sharing.limits.bytes = 6
        await supervisor.reload(house.configuration)
        await eventually { house.status("bob/b1.mp4") == .completed }
        let reason = "has had 0.0 MB of video today, and [Limits] PerOwnerSize= allows 0.0 MB a day"
        await eventually { house.manifest("alice/a2.mp4")?.message == "waiting until midnight: its owner \(reason)" }
        #expect(house.status("alice/a2.mp4") == .pending)
        #expect(house.recorder.now.notes.contains("Videos of 'alice' wait until midnight: it \(reason)."))
        await eventually { house.recorder.now.health.fairShare?.owners.first?.reason == reason }
        #expect(house.recorder.now.health.troubles.isEmpty)
        house.configuration.sharing.limits.bytes = nil
        await supervisor.reload(house.configuration)
        await eventually { house.status("alice/a2.mp4") == .completed }
        #expect(house.started == ["a1.mp4", "b1.mp4", "a2.mp4"])
        await supervisor.stop()
    }

    @Test("a file's owner is a user with a name, and stands in the manifest as a number")
    func users() async throws {
        var house = try House()
        house.configuration.sharing.by = .owner
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let user = try FileStatus.of(house.inbox.appending("beach.mp4")).owner
        #expect(house.manifest("beach.mp4")?.source.owner == user)
        await eventually { house.recorder.now.health.fairShare?.owners.map(\.name) == [UserName.of(user)] }
        #expect(house.recorder.now.health.fairShare?.owners.first?.owner == .user(user))
        await supervisor.stop()
    }
}
