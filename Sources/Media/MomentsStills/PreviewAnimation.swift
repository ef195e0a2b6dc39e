public import MomentsCore
internal import MomentsEncoding
public import MomentsMedia

/// Makes `preview.webp`: a few seconds of the best moments, moving.
public enum PreviewAnimation {
    /// The longer side in pixels, where the video is not smaller.
    private static let longSide = 400
    /// Frames per second.
    static let rate = 6
    /// The most bytes it may have.
    public static let mostBytes = 2 << 20
    /// How long it is, in seconds, where there is enough to show.
    private static let duration = 6.5
    /// From how many moments at most.
    private static let mostMoments = 3

    /// Decodes the best moments from their keyframes on, without the frames that nothing else is made of.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - places: What its frames cost.
    ///   - shots: The reel's segments, each with its score.
    ///   - interrupt: Stops the work.
    /// - Returns: The file's content; nil where nothing of them can be decoded.
    /// - Throws: `MediaError`.
    public static func make(
        _ source: MediaSource,
        places: FramePlaces,
        shots: [(range: TimeRange, score: Double)],
        interrupt: Interrupt
    ) throws -> [UInt8]? {
        let format = source.video.format
        let (width, height) = format.displaySize
        let preparation = FramePreparation(
            of: format,
            width: width >= height ? longSide : nil,
            height: width >= height ? nil : longSide,
            purpose: .still
        )
        let parts = parts(shots, places)
        // Noise is what does not compress; the second attempt shows a third as much of it.
        for quality in [60, 25, 8] {
            let writer = try AnimationWriter(preparation, rate: rate, quality: quality)
            let reader = try SegmentReader(source, sharing: source.budget.threadsPerFrame, interrupt: interrupt)
            for part in parts { try add(part, reader, to: writer) }
            guard writer.frames > 0 else { return nil }
            let bytes = try writer.finish()
            if bytes.count <= mostBytes { return bytes }
        }
        return nil
    }

    /// A part of the preview: what is shown of it, and what has to be decoded.
    struct Part {
        let range: TimeRange
        let segment: Range<Int>
    }

    /// The best shots, in their order in the video; as much of each as its share of the time, from a keyframe on where
    /// there is one in reach.
    static func parts(_ shots: [(range: TimeRange, score: Double)], _ places: FramePlaces) -> [Part] {
        let best = shots.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
            .prefix(mostMoments).map(\.element.range)
        var left = duration
        var parts: [Part] = []
        for (index, range) in best.enumerated() {
            let length = MediaTime(seconds: min(range.duration.seconds, left / Double(best.count - index)))
            let latest = range.end - length
            let keyframe = places.cheapestPlace(in: TimeRange(start: range.start, end: latest))
            let isKeyframe = keyframe.map { $0.segment.count == 1 } ?? false
            let start = isKeyframe ? keyframe?.time ?? range.start : range.start
            guard let segment = places.segment(from: start, to: start + length) else { continue }
            parts.append(Part(range: TimeRange(start: start, end: start + length), segment: segment))
            left -= length.seconds
        }
        return parts.sorted { $0.range.start < $1.range.start }
    }

    private static func add(_ part: Part, _ reader: SegmentReader, to writer: AnimationWriter) throws {
        let step = MediaTime(ticks: 1, timescale: Int64(rate))
        var due = part.range.start
        _ = try reader.read(part.segment, complete: 0..<0) { time, frame in
            guard time >= due, time < part.range.end, !frame.isDamaged else { return }
            try writer.add(frame)
            while due <= time { due = due + step }
        }
    }
}
