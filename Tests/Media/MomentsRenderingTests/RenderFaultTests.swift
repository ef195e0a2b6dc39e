internal import Foundation
internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

@Suite("rendering and verifying what goes wrong", .scratchFolder)
struct RenderFaultTests {
    /// Overwrites the coded frames shown between two times with zeros.
    func destroy(_ path: FilePath, from start: Double, to end: Double) throws {
        let lines = try Tool.run(
            "ffprobe",
            ["-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time,pos,size", "-of", "csv=p=0"]
                + [path.text]
        ).split(separator: "\n")
        let url = URL(fileURLWithPath: path.text)
        var data = try Data(contentsOf: url)
        for line in lines {
            let fields = line.split(separator: ",").compactMap { Double($0) }
            guard fields.count == 3, fields[0] >= start - 0.001, fields[0] < end - 0.001 else { continue }
            let range = Int(fields[2])..<Int(fields[2]) + Int(fields[1])
            data.replaceSubrange(range, with: Data(count: range.count))
        }
        try data.write(to: url)
    }

    func damagedClip() throws -> FilePath {
        let path = try TestMedia.clip("a.mp4", seconds: 6, extra: ["-g", "25", "-bf", "0", "-sc_threshold", "0"])
        try destroy(path, from: 2, to: 4)
        return path
    }

    @Test("a shot that damage took is left out, one half taken is shortened")
    func damage() throws {
        let rendered = try Rendered(try damagedClip(), [(0.4, 1.2), (2.4, 3.6), (3.2, 4.8)])
        #expect(rendered.reel.shots.map(\.range.duration.seconds) == [0.8, 0, 0.8])
        #expect(rendered.reel.shots.map(\.place.start.seconds) == [0, 0.8, 0.8])
        #expect(try rendered.complaints() == "")
        #expect(try rendered.shownTimes().count == 40)
    }

    @Test("where no shot decodes, the error names the segment")
    func nothing() throws {
        let path = try damagedClip()
        #expect(throws: MediaError.self) { try Rendered(path, [(2.4, 3.6)]) }
    }

    @Test("a full disk is told apart from everything else")
    func fullDisk() throws {
        let path = try TestMedia.make("a.mp4", ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=1", "-c:v", "libx264"])
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let shot = TimeRange(start: .zero, end: source.duration)
        let plan = ReelPlan(shots: [shot], quality: .high, loudness: nil, tags: [:])
        let error = try #require(throws: MediaError.self) {
            try Renderer(plan, of: source, interrupt: Interrupt()).render(
                to: "/dev/full",
                progress: { _ in },
                shotDone: { _ in }
            )
        }
        #expect(error.isOutOfSpace)
    }

    @Test("a stop is heard in the middle")
    func stop() throws {
        let source = try SourceProbe.open(try TestMedia.clip("a.mp4", seconds: 4), interrupt: Interrupt())
        let interrupt = Interrupt()
        let plan = ReelPlan(
            shots: [TimeRange(start: .zero, end: source.duration)],
            quality: .high,
            loudness: -16,
            tags: [:]
        )
        let error = try #require(throws: MediaError.self) {
            try Renderer(plan, of: source, interrupt: interrupt).render(
                to: ScratchFolder.path.appending("highlight.mp4"),
                progress: { if $0 > 0.3 { interrupt.request() } },
                shotDone: { _ in }
            )
        }
        #expect(error.isInterruption)
    }

    @Test("a reel that is not what was made is found out", arguments: ["damaged", "shorter", "silent", "cut off"])
    func verifier(_ fault: String) throws {
        let rendered = try Rendered(try TestMedia.clip("a.mp4", seconds: 4), [(0, 1.2), (2, 3.2)])
        let path = rendered.reel.path.text
        let other = ScratchFolder.path.appending("other.mp4").text
        let copy = ["-nostdin", "-v", "error", "-y", "-i", path, "-c", "copy"]
        switch fault {
        case "damaged": try destroy(rendered.reel.path, from: 0.6, to: 0.8)
        case "shorter": try Tool.run("ffmpeg", copy + ["-t", "2", other])
        case "silent": try Tool.run("ffmpeg", copy + ["-an", other])
        default: try Tool.run("sh", ["-c", "head -c 20000 \(path) > \(other)"])
        }
        if fault != "damaged" { try Tool.run("mv", [other, path]) }
        #expect(throws: Finding.self) {
            try ReelVerifier.verify(rendered.reel, of: rendered.source, interrupt: Interrupt(), progress: { _ in })
        }
    }
}
