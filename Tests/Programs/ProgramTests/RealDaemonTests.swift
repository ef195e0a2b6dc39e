import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// The daemon with the real worker on temporary folders.
@Suite("the daemon with the real worker", .scratchFolder, .timeLimit(.minutes(10)))
struct RealDaemonTests {
    private let root = ScratchFolder.path
    private let inbox = ScratchFolder.path.appending("inbox")
    private let outbox = ScratchFolder.path.appending("outbox")

    private func start(giveUpAfter: String = "1h") throws -> ChildProcess {
        let configuration = root.appending("momentsd.conf")
        let text = """
            [Folders]
            Inbox=\(inbox)
            Outbox=\(outbox)
            State=\(root)/state
            Presets=\(root)/presets
            [Intake]
            SettleTime=300ms
            Quiet=1s
            GiveUpAfter=\(giveUpAfter)
            [Status]
            Socket=\(root)/status.sock
            """
        try AtomicFile.replace(configuration, with: text.utf8, durable: false)
        let program = try BuiltProgram("momentsd").path
        return try ChildProcess([program, "--config", configuration], environment: ["PATH=/usr/bin:/bin"])
    }

    private func stop(_ process: borrowing ChildProcess, by signal: Int32) async throws {
        kill(process.pid, signal)
        for _ in 0..<1000 {
            if process.reap() != nil { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        process.signalGroup(SIGKILL)
        Issue.record("the daemon did not end")
    }

    private func manifest(_ name: String) -> Manifest? {
        let path = inbox.appending(name + Manifest.suffix)
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    private func wait(until condition: () -> Bool) async throws {
        for _ in 0..<3000 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
        #expect(condition())
    }

    private func results() throws -> [String] {
        try Folder.names(in: outbox).map(\.text).filter { !$0.hasPrefix(".") && $0 != "index.html" }.sorted()
    }

    @Test("three videos dropped at once are completed, each once, also over a kill in the middle")
    func threeVideos() async throws {
        try Folder.make(inbox)
        let names = ["one.mp4", "two.mkv", "three.mov"]
        let first = try start()
        for name in names {
            let made = try TestMedia.clip(name, seconds: 2)
            try Folder.move(made, to: inbox.appending(name))
        }
        try await wait { names.contains { manifest($0)?.status == .completed } }
        try await stop(first, by: SIGKILL)
        let second = try start()
        try await wait { names.allSatisfy { manifest($0)?.status == .completed } }
        try await stop(second, by: SIGTERM)
        #expect(try results() == ["one", "three", "two"])
        for name in names {
            let ended = try #require(manifest(name))
            #expect(ended.progress == 100)
            #expect(ended.media?.videoCodec == "h264")
            let result = try #require(ended.result)
            #expect(result.outputs.contains { $0.kind == "highlight" })
            let folder = outbox.appending(try #require(result.folder))
            for output in result.outputs {
                #expect(try FileStatus.of(folder.appending(output.path)).size == output.bytes)
            }
        }
        let staging = try Folder.names(in: outbox.appending(".momentsd"))
        #expect(staging == ["album", "findings", "lock"], "\(staging)")
    }

    @Test("an album goes on after a kill in the middle of it, and its videos are seen in nothing else")
    func album() async throws {
        let day = inbox.appending("day")
        try Folder.make(day)
        for name in ["one.mp4", "two.mp4"] {
            try Folder.move(try TestMedia.clip(name, seconds: 4), to: day.appending(FilePath(name)))
        }
        let request = Array(#"{"singles": false, "target_duration": 5}"#.utf8)
        try AtomicFile.replace(day.appending("album.request.json"), with: request, durable: false)
        let first = try start()
        try await wait { manifest("day/album")?.startedAt != nil }
        let job = try #require(manifest("day/album")?.jobID)
        try await stop(first, by: SIGKILL)
        let second = try start()
        try await wait { manifest("day/album")?.status == .completed }
        try await stop(second, by: SIGTERM)
        let ended = try #require(manifest("day/album"))
        #expect(ended.jobID == job && ended.source.parts == ["day/one.mp4", "day/two.mp4"])
        #expect(try Folder.names(in: outbox.appending("day")) == ["album"])
        let folder = outbox.appending(try #require(ended.result?.folder))
        let reel = try TestMedia.probe(folder.appending("highlight.mp4"), "format=duration")
        #expect(try #require(reel.first.flatMap(Double.init)) > 3)
    }

    @Test("a file that is no video fails with its reason, is left as it is, and the next one is done")
    func refusal() async throws {
        try Folder.make(inbox)
        let process = try start()
        let content = Array(String(repeating: "shopping list\n", count: 50).utf8)
        try AtomicFile.replace(inbox.appending("list.mp4"), with: content, durable: false)
        try Folder.move(try TestMedia.clip("good.mp4", seconds: 2), to: inbox.appending("good.mp4"))
        try await wait { manifest("list.mp4")?.status == .failed && manifest("good.mp4")?.status == .completed }
        try await stop(process, by: SIGTERM)
        let error = try #require(manifest("list.mp4")?.error)
        #expect(error.kind == .unsupportedFormat)
        #expect(error.message.contains("'list.mp4'"))
        let path = inbox.appending("list.mp4")
        #expect(try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) == content)
        #expect(try results() == ["good"])
    }

    @Test("an upload that broke off stays uploading with its reason, and fails as damaged when it is given up")
    func brokenOff() async throws {
        try Folder.make(inbox)
        let whole = try TestMedia.clip("whole.mp4", seconds: 3)
        let bytes = try Descriptor.openRegular(whole).read(1 << 22, at: 0, of: whole)
        let part = bytes.prefix(bytes.count * 6 / 10)
        try AtomicFile.replace(inbox.appending("part.mp4"), with: part, durable: false)
        let patient = try start()
        try await wait { manifest("part.mp4")?.message.contains("moov") == true }
        #expect(manifest("part.mp4")?.status == .uploading)
        try await stop(patient, by: SIGTERM)
        let impatient = try start(giveUpAfter: "1s")
        try await wait { manifest("part.mp4")?.status == .failed }
        try await stop(impatient, by: SIGTERM)
        #expect(manifest("part.mp4")?.error?.kind == .corruptMedia)
        #expect(try results().isEmpty)
    }
}
