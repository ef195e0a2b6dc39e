import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("who is next", .scratchFolder, .timeLimit(.minutes(5)))
struct QueueTests {
    @Test("the oldest goes first, but a large one lets pass what comes while it would be worked on")
    func ranks() {
        let arrivals: [(name: String, at: Double, size: Int64)] = [
            ("huge", 0, 5_000_000_000), ("old", 10, 100_000_000), ("small", 100, 1_000_000), ("late", 1000, 1_000_000),
        ]
        func order(_ order: QueueOrder) -> [String] {
            arrivals.sorted { order.rank(arrival: $0.at, size: $0.size) < order.rank(arrival: $1.at, size: $1.size) }
                .map(\.name)
        }
        #expect(order(.oldest) == ["huge", "old", "small", "late"])
        #expect(order(.smallest) == ["small", "late", "old", "huge"])
        #expect(order(.fair) == ["old", "small", "huge", "late"])
    }

    @Test(
        "removing the manifest of a cancelled video does it after all, and a cancelled one stays cancelled at a restart"
    )
    func cancelled() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("slow.mp4")
        // The manifest says so before the worker has done anything.
        await eventually { house.status("slow.mp4") == .processing && house.started.count == 1 }
        let manifest = try #require(house.manifest("slow.mp4"))
        try house.drop("slow.mp4.request.json", "cancel")
        await eventually { house.recorder.now.manifests[manifest.jobID]?.status == .cancelled }
        await eventually { (try? Folder.names(in: house.outbox.appending(".momentsd"))) == ["lock"] }
        #expect(house.status("slow.mp4") == .cancelled)
        await first.stop()
        let second = try await house.open()
        try await house.pass()
        #expect(house.status("slow.mp4") == .cancelled)
        #expect(house.starts(of: "slow.mp4") == 1)
        try Folder.removeFile(house.inbox.appending("slow.mp4.moments.json"))
        await eventually { house.starts(of: "slow.mp4") == 2 && house.status("slow.mp4") == .processing }
        await second.stop()
        // The request is still there, and no news to the job that was made in spite of it.
        let third = try await house.open()
        await eventually { house.starts(of: "slow.mp4") == 3 && house.status("slow.mp4") == .processing }
        await third.stop()
    }

    @Test("a manifest somebody else put over ours is put aside, and ours stands again")
    func overwritten() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let id = house.manifest("beach.mp4")?.jobID
        try house.drop("beach.mp4.moments.json", "{}")
        await eventually { house.manifest("beach.mp4")?.jobID == id }
        let aside = house.inbox.appending("beach.mp4.moments.json.broken-1")
        #expect(try Descriptor.openRegular(aside).read(10, at: 0, of: aside) == Array("{}".utf8))
        #expect(house.started.count == 1)
        await supervisor.stop()
    }

    @Test("outside the working hours workers are suspended at once and none is started, and inside them they go on")
    func hours() async throws {
        var house = try House()
        let supervisor = try await house.open()
        try house.drop("slow.mp4")
        await eventually { house.recorder.workerPID != nil }
        let worker = try #require(house.recorder.workerPID)
        let file = FilePath("/proc/\(worker)/stat")
        let isSuspended = {
            let bytes = (try? Descriptor.open(file, O_RDONLY).read(4096, at: 0, of: file)) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.hasPrefix(" T") == true
        }
        // An hour of half a day ago.
        let hour = LocalTime.secondOfDay / 3600
        house.configuration.hours = DailyHours(["\((hour + 11) % 24):00-\((hour + 12) % 24):00"])
        house.configuration.workers = 2
        ScratchFolder.changes.follow(worker, until: WSTOPPED)
        await supervisor.reload(house.configuration)
        await eventually { isSuspended() }
        try house.drop("other.mp4", "another")
        await eventually { house.status("other.mp4") == .pending }
        try house.drop("third.mp4", "a third")
        await eventually { house.status("third.mp4") == .pending }
        #expect(house.started == ["slow.mp4"])
        house.configuration.hours = nil
        ScratchFolder.changes.follow(worker, until: WCONTINUED)
        await supervisor.reload(house.configuration)
        await eventually { !isSuspended() && house.status("other.mp4") == .completed }
        await supervisor.stop()
    }
}

extension Recorder {
    /// The process of the first worker.
    var workerPID: Int32? {
        now.events.lazy.compactMap { event in if case .started(_, let pid, _) = event { pid } else { nil } }.first
    }
}
