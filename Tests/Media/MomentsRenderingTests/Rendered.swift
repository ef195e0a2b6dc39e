internal import Foundation
internal import MomentsCore
import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

/// A reel rendered for a test, and what other people's tools say of it.
struct Rendered {
    let source: MediaSource
    let reel: Reel
    let verification: Verification

    /// Renders segments of a file, given in seconds and moved to its frames; none means the whole of it.
    init(
        _ path: FilePath,
        _ segments: [(Double, Double)] = [],
        quality: Quality = .high,
        loudness: Double? = nil,
        mayTrim: Bool = false,
        transition: ReelTransition = .cut,
        hdr: HDRMode = .tonemap,
        opening: ReelCard? = nil,
        closing: ReelCard? = nil,
        framing: ReelFraming? = nil,
        titles: ReelTitles? = nil,
        tags: [String: String] = [:]
    ) throws {
        source = try SourceProbe.open(path, interrupt: Interrupt())
        let times = Self.times(of: source)
        let end = source.duration
        func snap(_ seconds: Double) -> MediaTime { times.first { $0.seconds > seconds - 0.001 } ?? end }
        let shots =
            segments.isEmpty
            ? [TimeRange(start: .zero, end: end)]
            : segments.map { TimeRange(start: snap($0.0), end: snap($0.1)) }
        let plan = ReelPlan(
            shots: shots,
            quality: quality,
            loudness: loudness,
            mayTrim: mayTrim,
            transition: transition,
            hdr: hdr,
            framing: framing,
            opening: opening,
            closing: closing,
            titles: titles,
            tags: tags
        )
        reel = try Renderer(plan, of: source, interrupt: Interrupt()).render(
            to: ScratchFolder.path.appending("highlight.mp4"),
            progress: { _ in },
            shotDone: { _ in }
        )
        verification = try ReelVerifier.verify(reel, of: source, interrupt: Interrupt(), progress: { _ in })
    }

    /// When the source's frames are shown, by its index.
    static func times(of source: MediaSource) -> [MediaTime] {
        source.track.entries.filter { !$0.isDiscarded }
            .map { MediaTime(timestamp: $0.pts, base: source.video.timeBase) - source.origin }
            .filter { $0 >= .zero }
            .sorted()
    }

    /// The source's frame times inside the reel's shots, moved to where the reel shows them, in seconds.
    var expectedTimes: [Double] {
        reel.shots.map { ($0.range, $0.place) }.flatMap { shot, place in
            Self.times(of: source).filter { shot.contains($0) }.map { ($0 - shot.start + place.start).seconds }
        }
    }

    /// When ffprobe says the reel's frames are shown, in seconds.
    func shownTimes() throws -> [Double] {
        try TestMedia.probe(reel.path, "packet=pts_time", ["-select_streams", "v:0"]).compactMap(Double.init).sorted()
    }

    /// Values of the reel by ffprobe, one per line.
    func probe(_ entries: String, _ stream: String = "v:0", _ extra: [String] = []) throws -> [String] {
        try TestMedia.probe(reel.path, entries, ["-select_streams", stream] + extra)
    }

    /// The reel's audio as its first channel's samples at 48 kHz.
    func samples() throws -> [Float] {
        let raw = ScratchFolder.path.appending("sound.raw")
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y", "-i", reel.path.text, "-map", "0:a", "-af", "pan=mono|c0=c0"]
                + ["-f", "f32le", raw.text]
        )
        let data = try Data(contentsOf: URL(fileURLWithPath: raw.text))
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    /// Each frame's average of a signal after some filters, such as YAVG of a corner.
    func averages(_ key: String = "YAVG", filters: String = "null") throws -> [Double] {
        let text = try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-i", reel.path.text, "-map", "0:v", "-fps_mode", "passthrough"]
                + ["-vf", "\(filters),signalstats,metadata=print:key=lavfi.signalstats.\(key):file=-"]
                + ["-f", "null", "-"]
        )
        return text.split(separator: "\n").compactMap { line in
            line.contains("signalstats") ? line.split(separator: "=").last.flatMap { Double($0) } : nil
        }
    }

    /// The reel's picture at a moment, upright: red, green and blue of each pixel, row by row.
    func pixels(at seconds: Double, matrix: String = "bt601", _ filters: String = "null") throws -> [UInt8] {
        let raw = ScratchFolder.path.appending("picture.raw")
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y", "-i", reel.path.text, "-ss", "\(seconds)", "-frames:v", "1"]
                + ["-vf", "\(filters),scale=in_color_matrix=\(matrix):flags=neighbor,format=rgb24", "-f", "rawvideo"]
                + [raw.text]
        )
        return Array(try Data(contentsOf: URL(fileURLWithPath: raw.text)))
    }

    /// How alike each frame of the reel is to the source's, by ffmpeg's SSIM; 1 for an equal one.
    func similarity() throws -> [Double] {
        let choice = reel.shots.filter(\.isShown).map(\.range).map { shot in
            "gte(t,\(shot.start.seconds - 0.0006))*lt(t,\(shot.end.seconds - 0.0006))"
        }.joined(separator: "+")
        let graph = """
            [0:v]setpts=PTS-STARTPTS,select='\(choice)',settb=1/1000,setpts=N[a];[1:v]settb=1/1000,setpts=N[b];\
            [a][b]ssim=f=-
            """
        let files = ["-noautorotate", "-i", source.path.text, "-noautorotate", "-i", reel.path.text]
        let text = try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error"] + files + ["-lavfi", graph, "-fps_mode", "passthrough"]
                + ["-enc_time_base", "1/1000", "-an", "-f", "null", "-"]
        )
        return text.split(separator: "\n").compactMap { line in
            line.split(separator: "All:").last?.split(separator: " ").first.flatMap { Double($0) }
        }
    }

    /// What ffmpeg complains of when it decodes everything; empty where nothing is wrong.
    func complaints() throws -> String {
        let arguments = ["-nostdin", "-v", "error", "-xerror", "-i", reel.path.text, "-fps_mode", "passthrough"]
        let outcome = try Tool.outcome("ffmpeg", arguments + ["-f", "null", "-"])
        return outcome.errors + (outcome.status == 0 ? "" : " status \(outcome.status)")
    }
}
