public import MomentsCore
internal import MomentsEncoding
public import MomentsMedia

/// Makes `preview.webp`: a few seconds of the best moments, moving.
public enum PreviewAnimation {
    /// The longer side in pixels, where the reel is not smaller.
    private static let longSide = 400
    /// Frames per second.
    static let rate = 6
    /// The most bytes it may have.
    public static let mostBytes = 2 << 20
    /// How long it is, in seconds, where there is enough to show.
    private static let duration = 6.5
    /// From how many moments, unless they are short.
    private static let mostMoments = 3
    /// How long a moment is at least, in seconds, where its shot is.
    private static let shortest = 1.5

    /// Decodes the best moments from their keyframes on, without the frames that nothing else is made of.
    ///
    /// - Parameters:
    ///   - source: The reel.
    ///   - places: What its frames cost.
    ///   - shots: Where its shots are, each with its score.
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
        let writer = try AnimationWriter(preparation, rate: rate)
        let reader = try SegmentReader(source, sharing: source.budget.threadsPerFrame, interrupt: interrupt)
        for decoding in decodings(of: parts(shots, places)) { try add(decoding, reader, to: writer) }
        guard writer.frames > 0 else { return nil }
        // Noise is what does not compress; the second attempt shows a third as much of it.
        for quality in [60, 25, 8] {
            let bytes = try writer.content(quality: quality)
            if bytes.count <= mostBytes { return bytes }
        }
        return nil
    }

    /// A part of the preview: what is shown of it, and what has to be decoded.
    struct Part {
        let range: TimeRange
        let segment: Range<Int>
    }

    /// What is decoded at once: parts behind one keyframe.
    struct Decoding {
        var ranges: [TimeRange]
        var segment: Range<Int>
    }

    /// Parts behind one keyframe are decoded in one go: where keyframes are rare, each would take all before it.
    static func decodings(of parts: [Part]) -> [Decoding] {
        var decodings: [Decoding] = []
        for part in parts {
            if let last = decodings.last, last.segment.lowerBound == part.segment.lowerBound {
                let end = max(last.segment.upperBound, part.segment.upperBound)
                decodings[decodings.count - 1] = Decoding(
                    ranges: last.ranges + [part.range],
                    segment: last.segment.lowerBound..<end
                )
            } else {
                decodings.append(Decoding(ranges: [part.range], segment: part.segment))
            }
        }
        return decodings
    }

    /// Moments of good shots, in their order: of two thirds of the shots those that cost least to decode, and of
    /// each as much as its share of the time.
    static func parts(_ shots: [(range: TimeRange, score: Double)], _ places: FramePlaces) -> [Part] {
        let ranked = shots.enumerated()
            .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element.range)
        let good = ranked.prefix(max(mostMoments, (2 * ranked.count + 2) / 3))
        let share = duration / Double(max(1, min(mostMoments, good.count)))
        let cheapest = good.enumerated().compactMap { rank, range in
            beginning(of: range, length: share, places).map { (lead: $0.segment.count, rank: rank, range: range) }
        }
        .sorted { ($0.lead, $0.rank) < ($1.lead, $1.rank) }.map(\.range)
        var left = duration
        var parts: [Part] = []
        for range in cheapest where left >= shortest / 2 && parts.count < 2 * mostMoments {
            let length = left / Double(max(1, min(mostMoments, cheapest.count) - parts.count))
            guard let start = beginning(of: range, length: length, places)?.time else { continue }
            let shown = TimeRange(start: start, end: min(start + MediaTime(seconds: length), range.end))
            guard let segment = places.segment(from: shown.start, to: shown.end) else { continue }
            parts.append(Part(range: shown, segment: segment))
            left -= shown.duration.seconds
        }
        return parts.sorted { $0.range.start < $1.range.start }
    }

    /// Where to begin with a shot: at a keyframe where there is one with enough behind it, else at the shot's start.
    private static func beginning(of range: TimeRange, length: Double, _ places: FramePlaces) -> FramePlaces.Place? {
        let wanted = MediaTime(seconds: min(range.duration.seconds, length, shortest))
        let latest = max(range.start, range.end - wanted)
        if let place = places.cheapestPlace(in: TimeRange(start: range.start, end: latest)), place.segment.count == 1 {
            return place
        }
        return places.place(at: range.start).map { FramePlaces.Place(time: range.start, segment: $0.segment) }
    }

    private static func add(_ decoding: Decoding, _ reader: SegmentReader, to writer: AnimationWriter) throws {
        let step = MediaTime(ticks: 1, timescale: Int64(rate))
        var dues = decoding.ranges.map(\.start)
        _ = try reader.read(decoding.segment, complete: 0..<0) { time, frame in
            guard !frame.isDamaged, let part = decoding.ranges.firstIndex(where: { $0.contains(time) }),
                time >= dues[part]
            else { return }
            try writer.add(frame)
            while dues[part] <= time { dues[part] = dues[part] + step }
        }
    }
}
