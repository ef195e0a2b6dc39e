import MomentsCore
import MomentsMedia
import MomentsPipeline
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("going on where an attempt was cut off", .scratchFolder, .timeLimit(.minutes(2)))
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
        #expect(result(first) == result(second))
        let analyzed = second.contains { event in if case .progress(.analyze, _) = event { true } else { false } }
        #expect(!analyzed)
        #expect(second.contains(.stageCompleted(.analyze)))
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
