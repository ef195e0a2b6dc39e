import FoundationEssentials
import MomentsAnalysis
import MomentsCore
import MomentsMedia
import MomentsPipeline
import MomentsSampling
import MomentsSelection
import MomentsTestSupport
import Testing

@Suite("analysing without decoding all", .scratchFolder, .timeLimit(.minutes(5)))
struct SparseAnalysisTests {
    /// A minute of two calm places in turn, with three lively and loud moments of five seconds.
    private func video(_ name: String, _ coding: [String]) throws -> FilePath {
        let end = "setpts=N/20/TB"
        func calm(_ seed: Int, _ seconds: Int) -> String {
            // Drawn alike each time, which ffmpeg's gradients are not.
            "color=c=0x50\(40 + seed)70:s=40x24:r=20,format=yuv420p,noise=alls=40:all_seed=\(seed),"
                + "scale=208:120:flags=bicubic,crop=192:108:x='8+6*sin(t/9)':y=6,setsar=1,trim=duration=\(seconds),\(end)"
        }
        func lively(_ seed: Int) -> String {
            "life=size=32x18:rate=20:seed=\(seed):ratio=0.4:mold=9,scale=192:108:flags=neighbor,setsar=1,trim=duration=5,\(end)"
        }
        let parts = [calm(1, 12), lively(3), calm(7, 12), lively(4), calm(5, 12), lively(6), calm(2, 9)]
        let frames = parts.enumerated().map { "\($1)[p\($0)]" }.joined(separator: ";")
        let joined = parts.indices.map { "[p\($0)]" }.joined() + "concat=n=\(parts.count),format=yuv420p[v]"
        let loud = "between(t,12,17)+between(t,29,34)+between(t,46,51)"
        let audio = "anoisesrc=r=48000:d=60:seed=3,volume='0.01+0.5*(\(loud))*(0.6+0.4*sin(9*t))':eval=frame[s]"
        return try TestMedia.make(
            name,
            ["-filter_complex", "\(frames);\(joined);\(audio)", "-map", "[v]", "-map", "[s]", "-c:a", "aac"] + coding
        )
    }

    private func outcome(
        _ path: FilePath,
        _ mode: AnalysisMode,
        goingOnFrom memory: SparseMemory? = nil,
        ban: [RequestedRange] = []
    ) throws -> (SamplingResult, [TimeRange]) {
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let options = JobOptions(targetDuration: 9, analysis: mode, ban: ban)
        let sampler = Sampler(source, goingOnFrom: memory, watched: 0, interrupt: Interrupt())
        let outcome = try sampler.run(mode, progress: { _ in }) { known in
            let selection = Selector.select(known, options: options)
            return ReelProposal(
                shots: selection.shots.map { .init(range: $0.range, score: $0.score) },
                nearMisses: selection.nearMisses.map(\.range)
            )
        }
        return (outcome, try SelectStage.run(outcome.signals, options: options, name: path.name).shots.map(\.range))
    }

    private func overlap(_ first: [TimeRange], _ second: [TimeRange]) -> Double {
        let shared = first.reduce(0.0) { sum, one in
            sum
                + second.reduce(0.0) {
                    $0 + max(0, min(one.end.seconds, $1.end.seconds) - max(one.start.seconds, $1.start.seconds))
                }
        }
        let longer = max(first.reduce(0) { $0 + $1.duration.seconds }, second.reduce(0) { $0 + $1.duration.seconds })
        return shared / max(longer, 0.001)
    }

    @Test("little of the video is decoded, and what is chosen is the same as if all of it were")
    func agreement() throws {
        let path = try video("long.mp4", ["-c:v", "libx264", "-preset", "veryfast", "-g", "250"])
        let (little, some) = try outcome(path, .auto)
        let (whole, all) = try outcome(path, .full)
        #expect(little.decodedShare < 0.4, "\(little.reason)")
        #expect(whole.decodedShare == 1)
        let cuts: [Double] = [12, 17, 29, 34, 46, 51]
        let found = little.signals.scenes.dropFirst().map(\.start.seconds)
        #expect(found.count >= 5)
        #expect(found.allSatisfy { start in cuts.contains { abs($0 - start) < 0.5 } })
        #expect(little.signals.frames == whole.signals.frames)
        #expect(overlap(some, all) >= 0.9)
        #expect(little.reason.contains("key pictures"))
    }

    @Test("another choice goes on from what was decoded for the first, and comes to what it would have come to alone")
    func another() throws {
        let path = try video("long.mp4", ["-c:v", "libx264", "-preset", "veryfast", "-g", "250"])
        let (first, chosen) = try outcome(path, .auto)
        let seen = try #require(first.memory)
        // As it is kept.
        let memory = try MomentsJSON.decode(SparseMemory.self, from: try MomentsJSON.line(seen))
        #expect(memory == seen)
        let banned = try #require(chosen.first)
        let ban = [RequestedRange(start: banned.start.seconds, end: banned.end.seconds)]
        let (alone, wanted) = try outcome(path, .auto, ban: ban)
        let (next, other) = try outcome(path, .auto, goingOnFrom: memory, ban: ban)
        #expect(next.framesDecoded - first.framesDecoded < alone.framesDecoded / 3, "\(next.reason)")
        #expect(overlap(other, wanted) >= 0.8)
        #expect(!other.contains { $0.intersection(banned) != nil })
        #expect(next.signals.audio == first.signals.audio && next.signals.frames == first.signals.frames)
        // The first choice once more: nothing is decoded any more that was.
        let (again, same) = try outcome(path, .auto, goingOnFrom: next.memory)
        #expect(again.framesDecoded - next.framesDecoded < alone.framesDecoded / 3)
        #expect(overlap(same, chosen) >= 0.8)
    }
}
