internal import CLibAV
internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Draws a card's frames in the form a reel's own frames have.
///
/// Used on one thread.
struct CardPainter {
    /// The form of the frames wanted.
    struct Form {
        /// Width as coded, in pixels.
        let width: Int
        /// Height as coded, in pixels.
        let height: Int
        /// Width of the same frame as shown: square pixels, upright.
        let shownWidth: Int
        /// Height as shown.
        let shownHeight: Int
        /// How coded frames are turned for showing.
        let orientation: Orientation
        /// The pixel format's name.
        let pixelFormat: String
        /// Whether values use all of their range.
        let isFullRange: Bool
        /// How brightness is coded.
        let transfer: AVColorTransferCharacteristic
    }

    private let card: ReelCard
    private let form: Form
    private let script: FilePath

    /// Prepares a card.
    ///
    /// - Parameters:
    ///   - card: The card.
    ///   - form: What its frames must be like.
    ///   - script: A temporary file.
    init(_ card: ReelCard, _ form: Form, script: FilePath) {
        (self.card, self.form, self.script) = (card, form, script)
    }

    /// Draws the frames, one after another.
    ///
    /// - Parameters:
    ///   - frameRate: How many a second.
    ///   - body: Takes each with its time, from zero on.
    /// - Throws: `MediaError` where a filter fails, `SystemError` where the disk does, or as `body` does.
    func forEachFrame(
        _ frameRate: Rational,
        _ body: (borrowing Frame, MediaTime) throws -> Void
    ) throws {
        try writeScript()
        defer { try? Folder.removeFile(script) }
        let base = Rational(frameRate.denominator, frameRate.numerator)
        let black = try Frame()
        let painted = try Frame()
        let graph = try FilterGraph(
            .video,
            form: "video_size=\(form.shownWidth)x\(form.shownHeight):pix_fmt=yuv420p:pixel_aspect=1/1"
                + ":time_base=\(base.numerator)/\(base.denominator)",
            first: ("ass", ["filename": script.bytes]),
            chain: chain
        )
        try fill(black)
        var number: Int64 = 0
        while MediaTime(timestamp: number, base: base) < card.duration {
            black.raw.pointee.pts = number
            number += 1
            try graph.push(black)
            try drain(graph, painted, body)
        }
        try graph.finish()
        try drain(graph, painted, body)
    }

    private func drain(
        _ graph: FilterGraph,
        _ painted: borrowing Frame,
        _ body: (borrowing Frame, MediaTime) throws -> Void
    ) throws {
        while try graph.pull(into: painted) {
            try body(painted, MediaTime(timestamp: painted.raw.pointee.pts, base: graph.timeBase))
        }
    }

    /// From the upright frame to the coded one; grey has the same values in every matrix.
    private var chain: String {
        var steps: [String] = []
        switch form.orientation.rotation {
        case 90: steps.append("transpose=cclock")
        case 180: steps += ["hflip", "vflip"]
        case 270: steps.append("transpose=clock")
        default: break
        }
        if form.orientation.isMirrored { steps.append("hflip") }
        let range = form.isFullRange ? "pc" : "tv"
        steps.append("scale=\(form.width):\(form.height):flags=bicubic+accurate_rnd:in_range=tv:out_range=\(range)")
        steps += ["format=\(form.pixelFormat)", "setsar=1"]
        return steps.joined(separator: ",")
    }

    private func fill(_ frame: borrowing Frame) throws {
        let raw = frame.raw
        raw.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        (raw.pointee.width, raw.pointee.height) = (CInt(form.shownWidth), CInt(form.shownHeight))
        try check(av_frame_get_buffer(raw, 0), "draw", "a card")
        raw.pointee.color_range = AVCOL_RANGE_MPEG
        let (data, strides) = (raw.pointee.data, raw.pointee.linesize)
        let halved = (form.shownHeight + 1) / 2
        data.0?.update(repeating: 16, count: Int(strides.0) * form.shownHeight)
        data.1?.update(repeating: 128, count: Int(strides.1) * halved)
        data.2?.update(repeating: 128, count: Int(strides.2) * halved)
    }

    private func writeScript() throws {
        let text = CardScript(card, width: form.shownWidth, height: form.shownHeight, white: white).text
        try? Folder.removeFile(script)
        let file = try Descriptor.open(script, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        try file.write(text.utf8, to: script)
        try file.close(script)
    }

    /// The brightness of paper: 203 cd/m² in HDR (ITU-R BT.2408), nearly full in ordinary frames.
    private var white: Int {
        switch form.transfer {
        case AVCOL_TRC_SMPTE2084: 148
        case AVCOL_TRC_ARIB_STD_B67: 191
        default: 240
        }
    }
}
