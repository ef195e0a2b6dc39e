public import MomentsCore
public import MomentsMedia

/// Decodes stretches of a video and hands over small pictures of them: upright, square pixels, ordinary colours.
///
/// Used on one thread.
public final class FrameSampler {
    /// The name of the matrix the pictures are coded by.
    public let matrix: String
    private let reader: MediaReader
    private let filter: FrameFilter

    /// Opens a video.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - longSide: The longer side of the pictures in pixels, where the video is not smaller.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError`.
    public init(_ source: MediaSource, longSide: Int, interrupt: Interrupt) throws {
        reader = try MediaReader(source, tracks: .video, threads: source.budget.threads, interrupt: interrupt)
        let format = source.video.format
        matrix = format.reelMatrix
        let preparation = FramePreparation(
            of: format,
            width: longSide,
            height: longSide,
            purpose: .video(matrix: matrix)
        )
        filter = try FrameFilter(base: source.video.timeBase) {
            (preparation.chain(for: $0, isInterlaced: $1), preparation.toneTable(for: $0))
        }
    }

    /// Looks at a stretch.
    ///
    /// - Parameters:
    ///   - range: On the video's clock.
    ///   - step: Seconds between two pictures at least; 0 for every frame.
    ///   - look: Takes each picture and when it is shown.
    /// - Throws: `MediaError`, and what `look` throws.
    public func sample(
        _ range: TimeRange,
        every step: Double,
        _ look: (StillImage, MediaTime) throws -> Void
    ) throws {
        func take(_ frame: borrowing Frame, _ time: MediaTime) throws {
            if let picture = StillImage(frame) { try look(picture, time) }
        }
        try reader.seek(to: range.start)
        var next = range.start.seconds
        while case .video(let time, _) = try reader.next() {
            if time < range.start { continue }
            if time >= range.end { break }
            if time.seconds + 1e-6 < next { continue }
            next = time.seconds + step
            try reader.withFrame { frame in try filter.push(frame, at: time) { try take($0, $1) } }
        }
        try filter.finish { try take($0, $1) }
    }
}
