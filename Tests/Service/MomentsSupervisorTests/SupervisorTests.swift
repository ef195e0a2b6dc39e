import Glibc
import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("from the inbox to the outbox", .scratchFolder, .timeLimit(.minutes(5)))
struct SupervisorTests {
    @Test("a video that arrives is processed and published once")
    func arrival() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let manifest = try #require(house.manifest("beach.mp4"))
        #expect(manifest.result?.folder == "beach")
        #expect(manifest.attempts == 1)
        #expect(house.results("beach") == ["highlight.mp4", "manifest.json"])
        #expect(house.started == ["beach.mp4"])
        await eventually {
            house.recorder.now.statuses[manifest.jobID]?.suffix(3) == [.pending, .processing, .completed]
        }
        #expect(house.recorder.now.lines == ["a complaint"])
        await supervisor.stop()
        #expect(try Folder.names(in: house.outbox.appending(".momentsd")) == ["lock"])
    }

    @Test("what is there at the start is processed too, and folders are mirrored, also those made later")
    func folders() async throws {
        let house = try House()
        try Folder.make(house.inbox.appending("holiday/2024"))
        try house.drop("holiday/2024/day1.mkv")
        let supervisor = try await house.open()
        try Folder.make(house.inbox.appending("new/deep/er"))
        try house.drop("new/deep/er/day2.mkv")
        try house.drop("day1.mkv")
        try house.drop("day1.mov", "another")
        await eventually { house.status("holiday/2024/day1.mkv") == .completed }
        await eventually { house.status("new/deep/er/day2.mkv") == .completed }
        await eventually { house.status("day1.mkv") == .completed && house.status("day1.mov") == .completed }
        #expect(house.results("holiday/2024") == ["day1"])
        #expect(house.results("new/deep/er") == ["day2"])
        #expect(house.results() == ["day1", "day1 (2)", "holiday", "new"])
        await supervisor.stop()
    }

    @Test("a file that grows, or that somebody has open for writing, is not started")
    func growing() async throws {
        let house = try House()
        let supervisor = try await house.open()
        let path = house.inbox.appending("growing.mp4")
        let file = try Descriptor.open(path, O_WRONLY | O_CREAT)
        for number in 1...3 {
            try file.write(Array("more".utf8), to: path)
            try await house.pass(FilePath("other \(number).mp4"))
        }
        await eventually { house.status("growing.mp4") == .uploading }
        #expect(house.starts(of: "growing.mp4") == 0)
        try file.close(path)
        await eventually { house.status("growing.mp4") == .completed }
        #expect(house.starts(of: "growing.mp4") == 1)
        await supervisor.stop()
    }

    @Test("removing the video cancels its job at once and leaves nothing")
    func cancel() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("slow.mp4")
        await eventually { house.status("slow.mp4") == .processing }
        let id = try #require(house.manifest("slow.mp4")?.jobID)
        let began = MonotonicClock.now
        try Folder.removeFile(house.inbox.appending("slow.mp4"))
        await eventually { house.recorder.now.removed == [id] }
        await eventually { (try? Folder.names(in: house.outbox.appending(".momentsd"))) == ["lock"] }
        // The worker would go on for half a minute; how fast exactly a busy machine is, is not tested.
        #expect(MonotonicClock.now - began < 15)
        #expect(try Folder.names(in: house.inbox) == [".momentsd-inbox"])
        #expect(house.recorder.now.manifests[id]?.status == .cancelled)
        await supervisor.stop()
        #expect(house.results().isEmpty)
    }

    @Test("removing the manifest does it again as a new job; the old result stays")
    func retry() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let first = house.manifest("beach.mp4")?.jobID
        try Folder.removeFile(house.inbox.appending("beach.mp4.moments.json"))
        await eventually { house.status("beach.mp4") == .completed && house.manifest("beach.mp4")?.jobID != first }
        #expect(house.results() == ["beach", "beach (2)"])
        #expect(house.started.count == 2)
        await supervisor.stop()
    }

    @Test("new content under the same name is a new job, a touch is none")
    func replaced() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        try house.drop("beach.mp4")
        try await house.pass()
        #expect(house.starts(of: "beach.mp4") == 1)
        try house.drop("beach.mp4", "other content")
        await eventually { house.starts(of: "beach.mp4") == 2 && house.status("beach.mp4") == .completed }
        #expect(house.results() == ["beach", "beach (2)", "sentinel"])
        await supervisor.stop()
    }

    @Test("a renamed video keeps its job and its result")
    func renamed() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try Folder.make(house.inbox.appending("folder"))
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let first = try #require(house.manifest("beach.mp4"))
        try Folder.move(house.inbox.appending("beach.mp4"), to: house.inbox.appending("folder/sea.mp4"))
        await eventually { house.manifest("folder/sea.mp4") != nil && house.manifest("beach.mp4") == nil }
        #expect(house.manifest("folder/sea.mp4")?.jobID == first.jobID)
        try await house.pass()
        #expect(house.started == ["beach.mp4", "sentinel.mp4"])
        await supervisor.stop()
    }

    @Test("a video renamed into folders made that moment, and out of them again, keeps its job")
    func renamedUnseen() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        let first = try #require(house.manifest("beach.mp4"))
        var place = house.inbox.appending("beach.mp4")
        for number in 1...60 {
            let folder = house.inbox.appending("folder \(number)")
            try Folder.make(folder)
            // At every point of the service's looking at the folder.
            for _ in 0..<number { await supervisor.hear([]) }
            try Folder.move(place, to: folder.appending("in.mp4"))
            place = house.inbox.appending("out \(number).mp4")
            try Folder.move(folder.appending("in.mp4"), to: place)
            for _ in 0..<200 { await supervisor.hear([]) }
        }
        await eventually { house.manifest("out 60.mp4")?.jobID == first.jobID }
        try await house.pass()
        #expect(house.started == ["beach.mp4", "sentinel.mp4"])
        await supervisor.stop()
    }

    @Test("a video renamed under its worker's hands is done under its new name, and no attempt is lost")
    func renamedUnderWork() async throws {
        let house = try House()
        let supervisor = try await house.open()
        try house.drop("lost.mp4")
        await eventually { house.started.count == 1 }
        try Folder.move(house.inbox.appending("lost.mp4"), to: house.inbox.appending("found.mp4"))
        try house.gate.open()
        await eventually { house.status("found.mp4") == .completed }
        #expect(house.manifest("found.mp4")?.attempts == 1)
        #expect(!house.recorder.now.statuses.values.contains { $0.contains(.failed) })
        #expect(house.results() == ["found"])
        await supervisor.stop()
    }

    @Test(
        "a saved request makes a new job with its options, a bad one fails it; also beside a name that fills the folder's",
        arguments: ["beach.mp4", FilePath(String(repeating: "ü", count: 123) + ".mp4")]
    )
    func request(name: FilePath) async throws {
        let request = ManifestName.request(of: name)
        let house = try House()
        let supervisor = try await house.open()
        try house.drop(request, "12")
        try house.drop(name)
        await eventually { house.status(name) == .completed }
        #expect(house.manifest(name)?.config.targetDuration == 12)
        try house.drop(request, "20")
        await eventually {
            house.status(name) == .completed && house.manifest(name)?.config.targetDuration == 20
        }
        try house.drop(request, "nonsense")
        await eventually { house.manifest(name)?.error?.kind == .invalidRequest }
        try house.drop(request, "21")
        await eventually {
            house.status(name) == .completed && house.manifest(name)?.config.targetDuration == 21
        }
        #expect(house.started.count == 3)
        await supervisor.stop()
    }

    @Test("several workers run at once, never more than configured")
    func workers() async throws {
        var house = try House()
        house.configuration.workers = 2
        let supervisor = try await house.open()
        for number in 1...4 { try house.drop(FilePath("pause\(number).mp4"), "video \(number)") }
        let names = (1...4).map { FilePath("pause\($0).mp4") }
        // A third could be begun as soon as it waits, and everything is looked at once more.
        await eventually { names.map { house.status($0) }.count { $0 == .pending } == 2 && house.started.count == 2 }
        await supervisor.compare()
        try house.gate.open(for: 4)
        await eventually { names.allSatisfy { house.status($0) == .completed } }
        #expect(house.recorder.now.mostAtOnce == 2)
        await eventually { house.results().count == 4 }
        await eventually { house.recorder.now.health.count(.completed) == 4 }
        await supervisor.stop()
    }

    @Test("a video renamed while the service was down keeps its job and its result")
    func renamedMeanwhile() async throws {
        let house = try House()
        let first = try await house.open()
        try house.drop("beach.mp4")
        try house.drop("gone.mp4", "another")
        await eventually { house.status("beach.mp4") == .completed && house.status("gone.mp4") == .completed }
        await first.stop()
        let id = house.manifest("beach.mp4")?.jobID
        try Folder.move(house.inbox.appending("beach.mp4"), to: house.inbox.appending("sea.mp4"))
        try Folder.removeFile(house.inbox.appending("gone.mp4"))
        let second = try await house.open()
        await eventually { house.manifest("sea.mp4")?.jobID == id && house.manifest("beach.mp4") == nil }
        await eventually { house.manifest("gone.mp4") == nil }
        #expect(house.status("sea.mp4") == .completed)
        #expect(house.started.count == 2)
        #expect(house.results() == ["beach", "gone"])
        await second.stop()
    }

    @Test("the same content under another name shares the result where that is asked for")
    func duplicates() async throws {
        var house = try House()
        house.configuration.linksDuplicates = true
        house.configuration.workers = 2
        let supervisor = try await house.open()
        try house.drop("pause.mp4")
        try house.drop("copy.mp4")
        // Both are known before one of them is done.
        await eventually {
            let statuses = [house.status("pause.mp4"), house.status("copy.mp4")]
            return !statuses.contains(nil) && !statuses.contains(.uploading)
        }
        try house.gate.open()
        await eventually { house.status("pause.mp4") == .completed && house.status("copy.mp4") == .completed }
        #expect(house.started.count == 1)
        #expect(house.results().count == 1)
        #expect(house.manifest("copy.mp4")?.result?.folder == house.manifest("pause.mp4")?.result?.folder)
        await supervisor.stop()
    }

    @Test("a first-level folder of a preset's name selects it, in capitals too, unless that may mean two")
    func presets() async throws {
        var house = try House()
        house.configuration.presetNames = ["vertical", "talk", "Talk"]
        let supervisor = try await house.open()
        for folder in ["vertical/deep", "other/vertical", "Vertical", "Talk", "TALK"] as [FilePath] {
            try Folder.make(house.inbox.appending(folder))
            try house.drop(folder.appending("a.mp4"), "\(folder)")
        }
        for (name, preset) in [
            ("vertical/deep/a.mp4", "vertical"), ("other/vertical/a.mp4", nil), ("Vertical/a.mp4", "vertical"),
            ("Talk/a.mp4", "Talk"), ("TALK/a.mp4", nil),
        ] {
            await eventually { house.status(FilePath(name)) == .completed }
            #expect(house.manifest(FilePath(name))?.preset == preset)
        }
        await supervisor.stop()
    }

    @Test("a request that is named like no video is told once, with the name it should have")
    func loneRequests() async throws {
        let house = try House()
        try house.drop("beach.mp4", "a video")
        try house.drop("beach.request.json", "12")
        // Its video may still come.
        try house.drop("later.mp4.request.json", "12")
        let supervisor = try await house.open()
        await eventually { house.status("beach.mp4") == .completed }
        await supervisor.stop()
        let notes = house.recorder.now.notes.filter { $0.contains("request.json") }
        #expect(notes.count == 1, "\(notes)")
        #expect(notes.first?.contains("'beach.request.json' is named like no video") == true)
        #expect(notes.first?.contains("call it 'beach.mp4.request.json'") == true)
    }
}
