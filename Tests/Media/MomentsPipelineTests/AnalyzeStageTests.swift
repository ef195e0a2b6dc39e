import MomentsAnalysis
import MomentsCore
import MomentsMedia
import MomentsPipeline
import MomentsSampling
import MomentsSelection
import MomentsTestSupport
import Testing

@Suite("analysing and selecting", .scratchFolder, .timeLimit(.minutes(5)))
struct AnalyzeStageTests {
    /// Three still places of one second each, loud in the second.
    private func video(_ name: String) throws -> FilePath {
        let place = { (seed: Int) in
            "cellauto=rule=110:seed=\(seed):size=160x90:rate=10,trim=duration=1,setpts=PTS-STARTPTS"
        }
        let frame =
            "\(place(1)),boxblur=2[a];mandelbrot=size=160x90:rate=10,trim=duration=1,setpts=PTS-STARTPTS[b];"
            + "\(place(9)),boxblur=2,negate[c];[a][b][c]concat=n=3,format=yuv420p[v]"
        let audio = "sine=frequency=500:sample_rate=48000:duration=3,volume='if(between(t,1,2),1,0.01)':eval=frame[s]"
        return try TestMedia.make(
            name,
            ["-filter_complex", frame + ";" + audio, "-map", "[v]", "-map", "[s]"]
                + ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-ac", "2"]
        )
    }

    private func analyze(
        _ path: FilePath,
        _ interrupt: Interrupt = Interrupt(),
        _ progress: (Double) -> Void = { _ in }
    ) throws -> SamplingResult {
        let source = try SourceProbe.open(path, interrupt: Interrupt(), progress: { _ in })
        return try AnalyzeStage.run(
            source,
            options: JobOptions(),
            interrupt: interrupt,
            threads: 1,
            progress: progress
        )
    }

    @Test("every frame is decoded once, cuts and loud segments are found, progress rises to 1")
    func whole() throws {
        var told: [Double] = []
        let outcome = try analyze(video("three.mp4")) { told.append($0) }
        #expect(outcome.framesDecoded == 30)
        #expect(outcome.decodedShare == 1)
        #expect(outcome.damagedPackets == 0)
        #expect(outcome.end == MediaTime(ticks: 3, timescale: 1))
        #expect(outcome.signals.scenes.map(\.startFrame).filter { $0 % 10 == 0 } == [0, 10, 20])
        let audio = try #require(outcome.signals.audio)
        #expect(audio.loudness[30] > audio.loudness[10] + 25)
        #expect(told == told.sorted())
        #expect(told.last == 1)
        let data = try MomentsJSON.line(outcome)
        #expect(try MomentsJSON.decode(SamplingResult.self, from: data) == outcome)
    }

    @Test("what is seen in a proxy is on the video's own clock, frame by frame")
    func proxy() throws {
        let path = try video("three.mp4")
        let small = try TestMedia.make(
            "three.mkv",
            ["-i", path.text, "-vf", "scale=96:54", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
        )
        let source = try SourceProbe.open(path, interrupt: Interrupt(), progress: { _ in })
        let proxy = try SourceProbe.open(small, interrupt: Interrupt(), progress: { _ in })
        func look(_ proxy: MediaSource?) throws -> SamplingResult {
            try AnalyzeStage.run(
                source,
                options: JobOptions(),
                proxy: proxy,
                interrupt: Interrupt(),
                threads: 1,
                progress: { _ in }
            )
        }
        let (plain, seen) = try (look(nil), look(proxy))
        #expect(seen.proxy == "three.mkv" && plain.proxy == nil)
        #expect(seen.signals.frames == plain.signals.frames)
        #expect(seen.signals.starts == plain.signals.starts)
        #expect(seen.signals.scenes.map(\.start) == plain.signals.scenes.map(\.start))
        // A proxy that turns out to be another video is no reason to fail.
        let other = try TestMedia.clip("other.mkv", seconds: 2)
        let wrong = try SourceProbe.open(other, interrupt: Interrupt(), progress: { _ in })
        #expect(try look(wrong).proxy == nil)
    }

    @Test("a video without audio has no audio curves")
    func silent() throws {
        let frame = ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=0.4", "-c:v", "mpeg4"]
        let path = try TestMedia.make("silent.mkv", frame)
        #expect(try analyze(path).signals.audio == nil)
    }

    @Test("the selection is made of exact frame times, and refuses a request that bans everything")
    func select() throws {
        let signals = try analyze(video("select.mp4")).signals
        let whole = try SelectStage.run(signals, options: JobOptions(), name: "select.mp4")
        #expect(whole.shots.map(\.range) == [TimeRange(start: .zero, end: MediaTime(ticks: 3, timescale: 1))])
        let short = try SelectStage.run(signals, options: JobOptions(targetDuration: 1.6), name: "select.mp4")
        #expect(!short.shots.isEmpty)
        #expect(short.duration < 2.5)
        let error = try #require(throws: JobError.self) {
            let ban = [RequestedRange(start: 0, end: 9)]
            _ = try SelectStage.run(signals, options: JobOptions(ban: ban), name: "select.mp4")
        }
        #expect(error.kind == .invalidRequest)
        #expect(error.message.contains("its \"ban\" covers all of its"))
    }

    @Test("a stop ends the stage as interrupted")
    func stopped() throws {
        let interrupt = Interrupt()
        interrupt.request()
        let path = try video("stopped.mp4")
        let error = try #require(throws: MediaError.self) { _ = try analyze(path, interrupt) }
        #expect(error.isInterruption)
    }
}
