import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the daemon as a process", .scratchFolder, .timeLimit(.minutes(5)))
struct DaemonTests: DaemonFixture {
    init() throws { try configure() }

    @Test("videos dropped while it runs, and while it was killed again and again, are each published exactly once")
    func killed() async throws {
        try Folder.make(inbox)
        for number in 1...4 { try AtomicFile.replace(inbox.appending("v\(number).mp4"), with: "video \(number)".utf8) }
        for round in 1...3 {
            let process = try start()
            let target = round
            await wait { completed() >= target }
            usleep(UInt32.random(in: 0..<250_000))
            #expect(await end(process, by: SIGKILL)?.signalName == "SIGKILL")
            try AtomicFile.replace(inbox.appending("w\(round).mp4"), with: "late \(round)".utf8)
        }
        let last = try start()
        await wait { completed() == 7 }
        #expect(await end(last, by: SIGTERM) == .exited(0))
        #expect(results().map(\.text) == (1...4).map { "v\($0)" } + (1...3).map { "w\($0)" }.sorted())
        #expect(try Folder.names(in: outbox.appending(".momentsd")) == ["lock"])
        for name in results() {
            #expect(try Folder.names(in: outbox.appending(name)) == ["highlight.mp4", "manifest.json"])
        }
        #expect(try Folder.names(in: inbox).count == 15)
        let page = outbox.appending("index.html")
        let gallery = String(decoding: try Descriptor.openRegular(page).read(1 << 20, at: 0, of: page), as: UTF8.self)
        #expect(gallery.contains("<p>7 results</p>") && gallery.contains("w3/highlight.mp4"))
    }

    @Test("SIGTERM ends it at once with status 0, and the job in work waits for the next start")
    func stopped() async throws {
        try Folder.make(inbox)
        try AtomicFile.replace(inbox.appending("a.mp4"), with: "a".utf8)
        let process = try start()
        await wait { (try? FileStatus.of(root.appending("starts"))) != nil }
        #expect(await end(process, by: SIGTERM) == .exited(0))
        let path = inbox.appending("a.mp4.moments.json")
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        let manifest = try MomentsJSON.decode(Manifest.self, from: Data(bytes))
        #expect(manifest.status == .pending || manifest.status == .completed)
        #expect((try? FileStatus.of(root.appending("status.sock"))) == nil)
    }

    @Test("a second daemon on the same folders is refused and says who holds them")
    func second() async throws {
        let process = try start()
        await wait { (try? FileStatus.of(root.appending("status.sock"))) != nil }
        let run = try await BuiltProgram("momentsd").run(["--config", configuration])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("in use by another momentsd (process \(process.pid)"))
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    @Test("it is small while it has nothing to do, and reads its configuration again on SIGHUP")
    func idle() async throws {
        try Folder.make(inbox)
        let process = try start()
        await wait { (try? FileStatus.of(root.appending("status.sock"))) != nil }
        kill(process.pid, SIGHUP)
        try AtomicFile.replace(inbox.appending("a.mp4"), with: "a".utf8)
        await wait { completed() == 1 }
        let file = FilePath("/proc/\(process.pid)/status")
        let status = String(decoding: try Descriptor.open(file, O_RDONLY).read(8192, at: 0, of: file), as: UTF8.self)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon") })
        let kilobytes = try #require(Int(line.filter(\.isNumber)))
        #expect(kilobytes < 8000)
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    @Test("while it has nothing to do it sleeps: at most one wake-up a second, and nothing is read")
    func sleep() async throws {
        try Folder.make(inbox)
        let process = try start()
        await wait { (try? FileStatus.of(root.appending("status.sock"))) != nil }
        try AtomicFile.replace(inbox.appending("a.mp4"), with: "a".utf8)
        await wait { completed() == 1 }
        // The quietest of a few stretches: what others on the machine mount wakes it too.
        var least = (wakeUps: Int.max, bytes: Int.max)
        for _ in 0..<4 where least.wakeUps > 3 || least.bytes > 0 {
            let before = (try wakeUps(of: process.pid), try reading(of: process.pid))
            try await Task.sleep(for: .seconds(3))
            let after = (try wakeUps(of: process.pid), try reading(of: process.pid))
            // Each wake-up takes the eight bytes of the descriptor that woke it; anything else would be a file.
            let bytes = after.1.bytes - before.1.bytes - 8 * (after.1.calls - before.1.calls)
            if (after.0 - before.0, bytes) < least { least = (after.0 - before.0, bytes) }
        }
        #expect(least.wakeUps <= 3)
        #expect(least.bytes == 0)
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    /// How often the threads of a process have gone to sleep by themselves.
    private func wakeUps(of process: pid_t) throws -> Int {
        let tasks = FilePath("/proc/\(process)/task")
        return try Folder.names(in: tasks).reduce(0) { sum, task in
            try sum + number("voluntary_ctxt_switches:", in: tasks.appending(task).appending("status"))
        }
    }

    /// What a process has read, and in how many calls.
    private func reading(of process: pid_t) throws -> (bytes: Int, calls: Int) {
        let file = FilePath("/proc/\(process)/io")
        return (try number("rchar:", in: file), try number("syscr:", in: file))
    }

    private func number(_ name: String, in file: FilePath) throws -> Int {
        let text = String(decoding: try Descriptor.open(file, O_RDONLY).read(8192, at: 0, of: file), as: UTF8.self)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
        return try #require(Int(line.filter(\.isNumber)))
    }

    @Test(
        "moments cancel saves a request that is obeyed, and keeps what else the request says; moments retry undoes it"
    )
    func cancelled() async throws {
        try Folder.make(inbox)
        let video = inbox.appending("a.mp4")
        try AtomicFile.replace(root.appending("worker"), with: "#!/bin/sh\nsleep 60\n".utf8, mode: 0o755)
        let request = inbox.appending("a.mp4.request.json")
        try AtomicFile.replace(request, with: #"{"target_duration": 12.5, "title": "Sea"}"#.utf8)
        try AtomicFile.replace(video, with: "a".utf8)
        let process = try start()
        func manifest() -> Manifest? {
            let path = inbox.appending("a.mp4.moments.json")
            guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
            return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
        }
        await wait { manifest()?.status == .processing }
        let first = manifest()?.jobID
        let cancel = try await BuiltProgram("moments").run(["cancel", video])
        #expect(cancel.output == "\(video) is cancelled\n")
        #expect(manifest()?.status == .cancelled)
        let saved = try Descriptor.openRegular(request).read(1000, at: 0, of: request)
        let text = String(decoding: saved, as: UTF8.self)
        #expect(text.contains("\"cancel\" : true") && text.contains("12.5") && text.contains("Sea"))
        // It stays cancelled over a restart.
        #expect(await end(process, by: SIGTERM) == .exited(0))
        let second = try start()
        try await Task.sleep(for: .seconds(1))
        #expect(manifest()?.status == .cancelled)
        let retry = try await BuiltProgram("moments").run(["retry", video, "--json"])
        #expect(retry.exit == .exited(0), "\(retry.errors)")
        #expect(retry.output == #"{"outcome":"again","what":"\#(video)"}"# + "\n")
        await wait { manifest()?.status == .processing }
        #expect(manifest()?.jobID != first)
        #expect(manifest()?.config.targetDuration == 12.5)
        let left = try Descriptor.openRegular(request).read(1000, at: 0, of: request)
        let rest = String(decoding: left, as: UTF8.self)
        #expect(!rest.contains("cancel") && rest.contains("Sea"))
        #expect(await end(second, by: SIGTERM) == .exited(0))
    }
}
