import Glibc
import MomentsCore
import MomentsStore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("expected times", .scratchFolder)
struct JobHistoryTests {
    private let file = ScratchFolder.path.appending("history.jsonl")

    private struct Video {
        var codec = "h264"
        var width = 1920
        var height = 1080
        var seconds = 600.0
        var quality = Quality.auto
        var analysis = AnalysisMode.auto
        var target = 30.0

        var media: MediaInfo {
            MediaInfo(
                duration: seconds,
                width: width,
                height: height,
                rotation: 0,
                frameRate: Rational(30, 1),
                totalFrames: Int(seconds * 30),
                videoCodec: codec,
                audioCodec: "aac",
                container: "mov",
                bitRate: 0,
                capturedAt: nil
            )
        }

        var options: JobOptions { JobOptions(targetDuration: target, quality: quality, analysis: analysis) }

        /// A completed job on it that took so long.
        func job(looking: Double, making: Double, skipping: Stage? = nil) -> Manifest {
            let begin = Timestamp(milliseconds: 1_800_000_000_000)
            let source = SourceInfo(name: "a.mp4", folder: "", size: 1, modifiedAt: begin)
            var job = Manifest(jobID: "x", source: source, config: options, preset: nil, at: begin)
            job.begin(at: begin)
            _ = job.apply(.media(media), at: begin)
            let ends: [(Stage, Double)] = [(.probe, 0.1 * looking), (.analyze, 0.95 * looking), (.select, looking)]
            var last = begin
            for (stage, end) in ends + [(.render, looking + making)] where stage != skipping {
                _ = job.apply(.stageStarted(stage), at: last)
                last = begin.adding(seconds: end)
                _ = job.apply(.stageCompleted(stage), at: last)
            }
            let result = JobResult(outputs: [], inputDuration: seconds, outputDuration: target, segmentsSelected: 5)
            job.complete(result, folder: "a", at: begin.adding(seconds: looking + making))
            return job
        }
    }

    /// What a made-up machine takes: some start, sound, pictures; its pace differs from that of any other.
    private func truth(_ video: Video, pace: Double) -> (looking: Double, making: Double) {
        let pixels = Double(video.width * video.height)
        let share = video.analysis == .full ? 1 : 0.05
        let looking = 0.3 + 0.002 * video.seconds + 1.2e-9 * pixels * video.seconds * 30 * share
        let encoding = [Quality.high: 1.5e-8, .low: 5e-9][video.quality] ?? 2e-9
        return (pace * looking, pace * (0.4 + encoding * pixels * 30 * min(video.target, video.seconds)))
    }

    private func isNear(_ estimate: Double?, _ time: Double) -> Bool {
        guard let estimate else { return false }
        return estimate < time * 1.5 && estimate > time / 1.5
    }

    @Test("without a past job there is no estimate")
    func none() { #expect(JobHistory(file: file).estimate(Video().media, Video().options) == nil) }

    @Test("after three jobs, estimates for other lengths are right to a factor of 1.5", arguments: [0.3, 1, 4])
    func afterThree(pace: Double) {
        var history = JobHistory(file: file)
        for (number, seconds) in [120.0, 600, 300].enumerated() {
            let video = Video(seconds: seconds)
            let (looking, making) = truth(video, pace: pace)
            // No job takes exactly what it should.
            let noise = [1.2, 0.9, 1.0][number]
            history.add(video.job(looking: looking * noise, making: making * noise))
        }
        for seconds in [45.0, 200, 900, 3600] {
            let video = Video(seconds: seconds)
            let (looking, making) = truth(video, pace: pace)
            let estimate = history.estimate(video.media, video.options)
            #expect(isNear(estimate, looking + making), "\(seconds) s: \(estimate ?? 0) for \(looking + making)")
        }
    }

    @Test("jobs of another codec, quality or mode do not lead the estimate astray")
    func kinds() {
        var history = JobHistory(file: file)
        let videos = [
            Video(), Video(quality: .high), Video(analysis: .full), Video(codec: "hevc", width: 3840, height: 2160),
            Video(width: 1280, height: 720, quality: .low),
        ]
        func time(_ video: Video) -> (looking: Double, making: Double) {
            let (looking, making) = truth(video, pace: 1)
            return video.codec == "hevc" ? (looking * 2.5, making * 3) : (looking, making)
        }
        for _ in 0..<3 {
            for video in videos { history.add(video.job(looking: time(video).looking, making: time(video).making)) }
        }
        for video in videos {
            let (looking, making) = time(video)
            let estimate = history.estimate(video.media, video.options)
            #expect(isNear(estimate, looking + making), "\(video): \(estimate ?? 0) for \(looking + making)")
        }
    }

    @Test("one job on a machine that was busy does not spoil the estimate")
    func outlier() {
        var history = JobHistory(file: file)
        for looking in [3.0, 60, 3.1] { history.add(Video().job(looking: looking, making: 2)) }
        #expect(isNear(history.estimate(Video().media, Video().options), 5))
    }

    @Test("a machine that became faster is believed after a while")
    func faster() {
        var history = JobHistory(file: file)
        for _ in 0..<40 { history.add(Video().job(looking: 30, making: 10)) }
        for _ in 0..<24 { history.add(Video().job(looking: 3, making: 1)) }
        #expect(isNear(history.estimate(Video().media, Video().options), 4))
    }

    @Test("it outlives a restart, and keeps no more than some tens of jobs")
    func restart() throws {
        var history = JobHistory(file: file)
        for _ in 0..<100 { history.add(Video().job(looking: 3, making: 2)) }
        #expect(JobHistory(file: file).estimate(Video().media, Video().options) == 5)
        let size = try FileStatus.of(file).size
        history.add(Video().job(looking: 3, making: 2))
        #expect(try FileStatus.of(file).size == size)
    }

    @Test("of a torn file, the whole lines still count; rubbish gives no estimate", arguments: [0.4, 0.7, 0.99])
    func torn(share: Double) throws {
        var history = JobHistory(file: file)
        for _ in 0..<6 { history.add(Video().job(looking: 3, making: 2)) }
        let bytes = try Descriptor.openRegular(file).read(1 << 20, at: 0, of: file)
        let part = bytes.prefix(Int(Double(bytes.count) * share))
        try AtomicFile.replace(file, with: part, durable: false)
        #expect(JobHistory(file: file).estimate(Video().media, Video().options) == 5)
        try AtomicFile.replace(file, with: [0, 255, 10] + bytes.prefix(20), durable: false)
        #expect(JobHistory(file: file).estimate(Video().media, Video().options) == nil)
    }

    @Test("a job that did not do every stage itself, or whose clock was set back, tells nothing")
    func partial() {
        var history = JobHistory(file: file)
        history.add(Video().job(looking: 3, making: 2, skipping: .analyze))
        history.add(Video().job(looking: -3, making: 2))
        #expect(history.estimate(Video().media, Video().options) == nil)
    }
}
