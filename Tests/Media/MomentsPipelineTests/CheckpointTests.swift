import MomentsCore
import MomentsMedia
import MomentsPipeline
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("going on where an attempt was cut off", .scratchFolder, .timeLimit(.minutes(5)))
struct CheckpointTests {
    private let staging = ScratchFolder.path.appending("staging")

    /// Does the job in the one staging folder.
    ///
    /// - Returns: The events.
    private func run(_ video: FilePath, _ options: JobOptions = JobOptions(targetDuration: 2)) throws -> [JobEvent] {
        try Folder.make(staging)
        var events: [JobEvent] = []
        let spec = JobSpec(jobID: "x", source: video, name: video.name, staging: staging, options: options)
        let isDone = JobRunner(spec, interrupt: Interrupt()) { events.append($0) }.run(pid: 1)
        #expect(isDone)
        return events
    }

    @Test("a further shape is made beside the reel, which stays; neither is made twice, and nothing is analysed again")
    func furtherShape() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        _ = try run(video)
        let made = try #require(reel)
        var options = JobOptions(targetDuration: 2)
        options.aspects = [.source, .square]
        let both = try run(video, options)
        let square = try FileStatus.of(staging.appending("highlight-1x1.mp4"))
        #expect(reel == made && !analyzes(both))
        // Shots are told of the reel alone, which was there.
        #expect(!both.contains { if case .shotCompleted = $0 { true } else { false } })
        let kinds = result(both)?.outputs.filter { $0.path.hasSuffix(".mp4") }.map { "\($0.kind) \($0.path)" }
        #expect(kinds == ["highlight highlight.mp4", "highlight_aspect highlight-1x1.mp4"])
        _ = try run(video, options)
        #expect(try reel == made && FileStatus.of(staging.appending("highlight-1x1.mp4")) == square)
    }

    @Test("a further shape that cannot be made fails the job, as the first one would")
    func failingShape() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        try Folder.make(staging.appending("highlight-1x1.mp4/in-the-way"))
        var options = JobOptions(targetDuration: 2)
        options.aspects = [.source, .square]
        var events: [JobEvent] = []
        let spec = JobSpec(jobID: "x", source: video, name: video.name, staging: staging, options: options)
        #expect(!JobRunner(spec, interrupt: Interrupt()) { events.append($0) }.run(pid: 1))
        guard case .failed(let stage, let error) = try #require(events.last) else {
            Issue.record("the last event is \(events.last.debugDescription)")
            return
        }
        #expect(stage == .render && error.message.contains("'a.mp4'"), "\(error)")
    }

    private func result(_ events: [JobEvent]) -> JobResult? {
        events.lazy.compactMap { event in if case .completed(let result) = event { result } else { nil } }.first
    }

    private var reel: FileStatus? { try? FileStatus.of(staging.appending("highlight.mp4")) }

    @Test("the second attempt decodes and encodes nothing again, and makes the same")
    func again() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        let first = try run(video)
        let made = try #require(reel)
        let second = try run(video)
        #expect(reel == made)
        // The report alone tells how long everything took.
        let outputs = [first, second].map { result($0)?.outputs.filter { $0.kind != "report" } }
        #expect(outputs[0] == outputs[1])
        #expect(!analyzes(second))
        #expect(second.contains(.stageCompleted(.analyze)))
    }

    private func analyzes(_ events: [JobEvent]) -> Bool {
        events.contains { event in if case .progress(.analyze, _) = event { true } else { false } }
    }

    @Test("a changed request repeats only what depends on it, and comes to the same as a job of its own")
    func changedRequest() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        #expect(analyzes(try run(video)))
        let wishes = [
            JobOptions(targetDuration: 2, title: "A day"), JobOptions(targetDuration: 3),
            JobOptions(targetDuration: 3, quality: .low, ban: [RequestedRange(start: 0, end: 1)]),
        ]
        for options in wishes { #expect(!analyzes(try run(video, options))) }
        let inherited = result(try run(video, wishes[2]))
        try Folder.removeTree(staging)
        let own = try run(video, wishes[2])
        #expect(analyzes(own))
        let made = { (result: JobResult?) in result?.outputs.first { $0.kind == "highlight" }?.sha256 }
        #expect(made(result(own)) == made(inherited))
    }

    @Test("options that say nothing of the reel leave it as it is")
    func indifferent() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        _ = try run(video)
        let made = try #require(reel)
        let explained = try run(video, JobOptions(targetDuration: 2, explain: true, limits: Limits(maxDuration: 3600)))
        #expect(reel == made)
        #expect(result(explained)?.outputs.contains { $0.path == "signals.csv" } == true)
    }

    @Test("other options, another video under the name, a damaged reel or checkpoint: nothing old is taken")
    func changed() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        _ = try run(video)
        var before = try #require(reel)
        _ = try run(video, JobOptions(targetDuration: 3))
        #expect(reel != before)
        before = try #require(reel)
        let path = staging.appending("highlight.mp4")
        try AtomicFile.replace(path, with: try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path).dropLast())
        _ = try run(video, JobOptions(targetDuration: 3))
        #expect(reel?.size == before.size)
        for stage in ["analyze", "render"] {
            try AtomicFile.replace(staging.appending(".checkpoint-\(stage)"), with: Array("torn".utf8))
        }
        _ = try run(video, JobOptions(targetDuration: 3))
        _ = try TestMedia.clip("a.mp4", seconds: 4)
        #expect(result(try run(video))?.inputDuration ?? 0 < 5)
    }
}
