internal import Foundation
internal import MomentsCore
import MomentsEncoding
internal import MomentsMedia
internal import MomentsTestSupport
internal import Testing

@testable import MomentsRendering

@Suite("proving a reel", .scratchFolder)
struct VerificationTests {
    func reel(_ quality: Quality) throws -> Rendered {
        let path = try TestMedia.clip("a.mp4", seconds: 6, extra: ["-g", "25", "-bf", "2", "-sc_threshold", "0"])
        return try Rendered(path, [(0.6, 2.4), (3.4, 5.8)], quality: quality)
    }

    @Test("a good reel's findings say what was copied, decoded and compared", arguments: [Quality.original, .low])
    func good(_ quality: Quality) throws {
        let rendered = try reel(quality)
        let found = rendered.verification
        #expect(found.frames == 105 && found.copiedFrames == rendered.reel.samples.count(where: \.isCopied))
        #expect(found.decodedFrames > 20 && found.decodedFrames <= 105)
        #expect(found.joins.map(\.time) == [0, 1.8])
        #expect(found.joins.allSatisfy { ($0.first ?? 1) >= 0.97 && ($0.last ?? 1) >= 0.97 })
        let audio = try #require(found.audio)
        #expect(abs(audio.skewAtEnd) < 0.04 && audio.stepAtJoins <= audio.stepElsewhere * 1.5)
    }

    @Test("the last picture of a shot is seen, however long each picture is shown", arguments: ["4", "1/2"])
    func slow(_ rate: String) throws {
        let options = ["-preset", "medium", "-bf", "2", "-g", "9", "-sc_threshold", "0"]
        let path = try TestMedia.clip("a.mp4", seconds: rate == "4" ? 24 : 192, rate: rate, extra: options)
        let scale = rate == "4" ? 1.0 : 8
        let shots = [(1.5, 8.5), (10.5, 20)].map { (scale * $0, scale * $1) }
        let rendered = try Rendered(path, shots, quality: .original)
        #expect(rendered.verification.failedBefore == nil)
        #expect(rendered.reel.hasCopies && rendered.verification.joins.allSatisfy { ($0.last ?? 1) >= 0.97 })
        #expect(rendered.verification.joins.contains { $0.last != nil })
        let written = try SourceProbe.open(rendered.reel.path, interrupt: Interrupt())
        let times = rendered.reel.samples.map(\.shown).sorted()
        let second = rendered.reel.shots[1].place.start.timestamp(in: written.video.timeBase)
        let join = try #require(times.firstIndex { $0 >= second })
        let runs = VerificationWindows(rendered.reel, written, times: times, firsts: [0, join]).runs
        #expect(runs.joined().contains { $0.contains(join - 1) && $0.contains(join) })
    }

    @Test("a changed byte, a lost end and a foreign file are found", arguments: ["byte", "end", "file"])
    func bad(_ harm: String) throws {
        let rendered = try reel(.original)
        let url = URL(fileURLWithPath: rendered.reel.path.text)
        var data = try Data(contentsOf: url)
        switch harm {
        case "byte":
            // In the middle of a frame: players would show a smear, or nothing at all.
            let place = try #require(
                try rendered.probe("packet=pos").compactMap(Int.init).dropFirst(60).first
            )
            data[place + 40] ^= 0x55
        case "end": data.removeLast(data.count / 4)
        default: data = Data(repeating: 7, count: 4096)
        }
        try data.write(to: url)
        #expect(throws: Finding.self) {
            try ReelVerifier.verify(rendered.reel, of: rendered.source, interrupt: Interrupt(), progress: { _ in })
        }
    }

    /// A reel whose audio went through a filter, its frames as they were.
    func verified(through filter: String) throws -> Rendered {
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=6", "-f", "lavfi", "-i"]
                + ["aevalsrc='0.3*sin(2*PI*700*t)*lt(mod(t*t\\,1)\\,0.3)':d=6:s=48000"]
                + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"]
        )
        let rendered = try Rendered(path, [(0.6, 2.4), (3.4, 5.8)], loudness: -16)
        let other = ScratchFolder.path.appending("other.mp4")
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y", "-i", rendered.reel.path.text, "-c:v", "copy", "-af", filter]
                + ["-c:a", "aac", "-b:a", "256k", "-video_track_timescale", "12800", other.text]
        )
        try Tool.run("mv", [other.text, rendered.reel.path.text])
        return rendered
    }

    @Test("audio that is late in the middle only, and a peak nobody hears, are found")
    func audio() throws {
        func verdict(_ filter: String) throws -> String? {
            let rendered = try verified(through: filter)
            do throws(Finding) {
                let found = try ReelVerifier.verify(
                    rendered.reel,
                    of: rendered.source,
                    interrupt: Interrupt(),
                    progress: { _ in }
                )
                #expect(found.joins.last?.skew == 0)
                return nil
            } catch { return error.description }
        }
        #expect(try verdict("anull") == nil)
        let late = "asplit[a][b];[a]atrim=0:1[c];[b]atrim=1:4.14,asetpts=PTS-STARTPTS,adelay=60[d];[c][d]concat=v=0:a=1"
        #expect(try verdict(late)?.contains("late where shot 2 starts") == true)
        #expect(try verdict("volume=volume=16dB:enable='between(t,0.82,0.87)'")?.contains("peaks at") == true)
    }

    @Test(
        "copied frames that are black or stand still pass only where the source's are",
        arguments: ["black", "gray"]
    )
    func doubts(_ color: String) throws {
        func clip(_ name: String, _ frame: String) throws -> FilePath {
            let options = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "25", "-bf", "0", "-sc_threshold", "0"]
            return try TestMedia.make(name, ["-f", "lavfi", "-i", frame] + options)
        }
        let rendered = try Rendered(
            try clip("a.mp4", "color=\(color):s=160x90:r=25:d=6"),
            [(1, 3), (4, 6)],
            quality: .original
        )
        #expect(rendered.reel.samples.allSatisfy { $0.isCopied })
        let lively = try SourceProbe.open(try clip("b.mp4", "testsrc2=s=160x90:r=25:d=6"), interrupt: Interrupt())
        let finding = #expect(throws: Finding.self) {
            try ReelVerifier.verify(rendered.reel, of: lively, interrupt: Interrupt(), progress: { _ in })
        }
        #expect(finding?.description.contains(color == "black" ? "is black" : "stands still") == true)
    }

    @Test("a sketch tells the same frame, coarsely encoded, from the next one")
    func sketches() throws {
        let source = try SourceProbe.open(try TestMedia.clip("a.mp4", extra: ["-crf", "12"]), interrupt: Interrupt())
        let coarse = try SourceProbe.open(
            try TestMedia.make("b.mp4", ["-i", source.path.text, "-c:v", "libx264", "-crf", "30", "-an"]),
            interrupt: Interrupt()
        )
        let (fine, rough) = (try sketches(of: source), try sketches(of: coarse))
        #expect(fine.count == 50 && rough.count == 50)
        for number in 0..<49 {
            let own = fine[number].similarity(to: rough[number])
            #expect(own > 0.85 && own > fine[number + 1].similarity(to: rough[number]))
            #expect(fine[number].similarity(to: fine[number]) == 1)
        }
    }

    func sketches(of source: MediaSource) throws -> [FrameSketch] {
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: Interrupt())
        var sketches: [FrameSketch] = []
        while case .video = try reader.next() {
            sketches.append(reader.withFrame { FrameSketch($0, limit: ShotEdges.limit) })
        }
        return sketches
    }
}
