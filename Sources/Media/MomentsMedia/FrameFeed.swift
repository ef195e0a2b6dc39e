internal import CLibAV
internal import MomentsCore

/// Gives out a video's pictures at another size and an even rate: upright, ordinary colours, filling the frame.
public struct FrameFeed {
    private let source: MediaSource
    private let width: Int
    private let height: Int
    private let interrupt: Interrupt

    /// Prepares for a size; what is of another shape is cut at its sides, evenly.
    public init(_ source: MediaSource, width: Int, height: Int, interrupt: Interrupt) {
        (self.source, self.width, self.height, self.interrupt) = (source, width, height, interrupt)
    }

    /// Hands over so many pictures.
    ///
    /// - Parameters:
    ///   - start: When the first one is shown in the video, in seconds.
    ///   - rate: How many a second there are to be.
    ///   - count: How many are wanted; after the video's end its last one is given again.
    ///   - body: Takes each.
    /// - Throws: `MediaError`, or what `body` throws.
    public func forEach(from start: Double, rate: Int, count: Int, _ body: (borrowing Frame) throws -> Void) throws {
        let reader = try MediaReader(source, tracks: .video, threads: 2, interrupt: interrupt)
        let begin = MediaTime(ticks: Int64((start * 1000).rounded()), timescale: 1000)
        if start > 0 { try reader.seek(to: begin) }
        let filter = try FrameFilter(base: Rational(1, 1000)) { (chain($0, $1), table($0)) }
        let held = try FrameBox()
        var given = 0
        func give(until moment: Double) throws {
            while given < count, held.value.width > 0, Double(given) / Double(rate) < moment {
                try body(held.value)
                given += 1
            }
        }
        func take(_ frame: borrowing Frame, _ time: MediaTime) throws {
            // The one before is shown until this one.
            try give(until: time.seconds - start - 0.0005)
            av_frame_unref(held.value.raw)
            try check(av_frame_ref(held.value.raw, frame.raw), "keep", "a picture")
        }
        reading: while given < count {
            switch try reader.next() {
            case .ended: break reading
            case .audio: continue
            case .video(let time, _):
                try interrupt.check("film")
                try reader.withFrame { frame in try filter.push(frame, at: time, take) }
            }
        }
        try filter.finish(take)
        try give(until: .infinity)
    }

    private func chain(_ form: FrameFormat, _ isInterlaced: Bool) -> String {
        let prepared = preparation.chain(for: form, isInterlaced: isInterlaced)
        return prepared + ",crop=\(width):\(height)"
    }

    private func table(_ form: FrameFormat) -> ToneTable.Key? { preparation.toneTable(for: form) }

    /// The size at which the frame is covered.
    private var preparation: FramePreparation {
        let shown = source.video.format.displaySize
        let scale = max(Double(width) / Double(shown.width), Double(height) / Double(shown.height))
        return FramePreparation(
            width: max(width, Int((Double(shown.width) * scale).rounded())),
            height: max(height, Int((Double(shown.height) * scale).rounded())),
            orientation: source.video.format.orientation,
            purpose: .video(matrix: "bt709")
        )
    }
}
