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
        /// The colours' matrix, such as "bt709".
        let matrix: String
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
        if card.picture == nil { try writeScript() }
        defer { try? Folder.removeFile(script) }
        let base = Rational(frameRate.denominator, frameRate.numerator)
        let black = try Frame()
        let painted = try Frame()
        let graph = try FilterGraph(
            .video,
            form: "video_size=\(form.shownWidth)x\(form.shownHeight):pix_fmt=\(isDeep ? "yuv420p10le" : "yuv420p")"
                + ":pixel_aspect=1/1:time_base=\(base.numerator)/\(base.denominator)",
            first: card.picture == nil ? ("ass", ["filename": script.bytes]) : nil,
            chain: chain
        )
        try fill(black)
        let ground = try card.picture.map { try paint($0, on: black) }
        var number: Int64 = 0
        while MediaTime(timestamp: number, base: base) < card.duration {
            if let ground { try show(ground.value, on: black, at: MediaTime(timestamp: number, base: base)) }
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

    /// Whether a picture's colours would show steps in eight bits, as those of HDR do.
    private var isDeep: Bool { card.picture != nil && form.pixelFormat.contains("10") }

    /// A picture as a frame like another, which is black.
    private func paint(_ picture: Bitmap, on black: borrowing Frame) throws -> FrameBox {
        let box = try FrameBox()
        try check(av_frame_ref(box.value.raw, black.raw), "draw", "a card")
        let shape = OverlayForm(
            shownWidth: form.shownWidth,
            shownHeight: form.shownHeight,
            colors: OverlayColors(matrix: form.matrix, isFullRange: false, transfer: form.transfer)
        )
        let range = TimeRange(start: .zero, end: card.duration)
        // In bands: the values of a whole picture of 4K would take half a gigabyte for a moment.
        for top in stride(from: 0, to: picture.height, by: Self.band) {
            let band = picture.rows(top..<min(picture.height, top + Self.band))
            let overlay = Overlay(range: range) { Overlay.Picture(band, x: 0, y: top) }
            try OverlayLayer([overlay], shape).apply(to: box.value, at: .zero)
        }
        return box
    }

    /// Rows that are painted at a time; even, since colours are kept for two.
    private static let band = 64

    /// Makes a frame show a picture, or what has come of it out of black.
    private func show(_ picture: borrowing Frame, on frame: borrowing Frame, at time: MediaTime) throws {
        av_frame_unref(frame.raw)
        try check(av_frame_ref(frame.raw, picture.raw), "draw", "a card")
        let share = card.fade > 0 ? time.seconds / card.fade : 1
        if share < 1 { try FrameMix.darken(frame, weight: FrameMix.weight(share)) }
    }

    /// From the upright frame to the coded one; values keep their matrix.
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
        raw.pointee.format = (isDeep ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P).rawValue
        (raw.pointee.width, raw.pointee.height) = (CInt(form.shownWidth), CInt(form.shownHeight))
        try check(av_frame_get_buffer(raw, 0), "draw", "a card")
        raw.pointee.color_range = AVCOL_RANGE_MPEG
        let (data, strides) = (raw.pointee.data, raw.pointee.linesize)
        let halved = (form.shownHeight + 1) / 2
        for (plane, stride, rows, black) in [
            (data.0, strides.0, form.shownHeight, UInt16(16)), (data.1, strides.1, halved, 128),
            (data.2, strides.2, halved, 128),
        ] {
            guard let plane else { continue }
            let bytes = UnsafeMutableRawBufferPointer(start: plane, count: Int(stride) * rows)
            if isDeep {
                bytes.bindMemory(to: UInt16.self).update(repeating: black << 2)
            } else {
                bytes.bindMemory(to: UInt8.self).update(repeating: UInt8(black))
            }
        }
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
