internal import MomentsCore

/// Proves that a small video is another one frame by frame, so that looking at it is looking at the other.
///
/// It must have as many frames, each shown when the other's is, lie the same way, and show the same at a few places.
/// What is in doubt is no proof.
public struct ProxyVerification {
    private let proxy: MediaSource
    private let original: MediaSource
    private let interrupt: Interrupt

    /// Prepares to compare.
    ///
    /// - Parameters:
    ///   - proxy: The small video.
    ///   - original: The video it stands for.
    ///   - interrupt: Stops the work.
    public init(_ proxy: MediaSource, of original: MediaSource, interrupt: Interrupt) {
        (self.proxy, self.original, self.interrupt) = (proxy, original, interrupt)
    }

    /// Frames compared.
    private static let places = [0.03, 0.2, 0.4, 0.6, 0.8, 0.97]
    /// Seconds that the ends may be apart.
    private static let end = 0.1
    /// The share of a frame's time that a frame may come earlier or later.
    private static let slip = 0.4
    /// How alike the same frame is, coded twice; how much less alike any other may not be than it.
    private static let (alike, margin) = (0.9, 0.02)
    /// The share of the pixels from which on little would be won.
    private static let most = 0.5
    /// Packets that are decoded for one of the small frames at most.
    private static let longest = 700

    /// Looks for a reason not to take the one for the other.
    ///
    /// - Parameter longSide: Pixels of its longer side that are needed at least.
    /// - Returns: A clause about the proxy; nil where it is proved.
    /// - Throws: `MediaError` when the disk fails or the work is stopped.
    public func doubt(longSide: Int) throws -> String? {
        let (small, large) = (proxy.video.format, original.video.format)
        if small.orientation != large.orientation { return "its pictures are turned another way" }
        if small.isHDR != large.isHDR { return "its colours are of another kind" }
        let (shown, whole) = (small.displaySize, large.displaySize)
        let shape = Double(shown.width * whole.height) / Double(max(1, shown.height * whole.width))
        if abs(shape - 1) > 0.03 { return "its pictures have another shape" }
        if max(shown.width, shown.height) < longSide { return "its pictures are too small" }
        if Double(small.width * small.height) > Self.most * Double(large.width * large.height) {
            return "it is hardly smaller"
        }
        if proxy.index.hasJumps || original.index.hasJumps { return "its clock, or the video's, jumps" }
        return try doubtOfTimes() ?? doubtOfFrames()
    }

    private func doubtOfTimes() -> String? {
        let (mine, theirs) = (Self.times(proxy), Self.times(original))
        guard mine.count == theirs.count else { return "it has \(mine.count) pictures and the video \(theirs.count)" }
        guard mine.count > 1, abs((proxy.duration - original.duration).seconds) <= Self.end else {
            return "it lasts \(Self.tenths(proxy.duration)) s and the video \(Self.tenths(original.duration)) s"
        }
        let frame = original.duration.seconds / Double(theirs.count)
        let isEven = zip(mine, theirs).allSatisfy { abs($0.seconds - $1.seconds) <= Self.slip * frame }
        return isEven ? nil : "its pictures are shown at other times"
    }

    /// When frames are shown, in rising order.
    private static func times(_ source: MediaSource) -> [(seconds: Double, entry: Int)] {
        let (entries, base) = (source.track.entries, source.video.timeBase)
        return entries.indices.filter { !entries[$0].isDiscarded }
            .map { ((MediaTime(timestamp: entries[$0].pts, base: base) - source.origin).seconds, $0) }
            .filter { $0.0 >= 0 }
            .sorted { $0.0 < $1.0 }
    }

    private static func tenths(_ time: MediaTime) -> Double { (time.seconds * 10).rounded() / 10 }

    /// Compares frames at which decoding the video can start.
    private func doubtOfFrames() throws -> String? {
        let (mine, theirs) = (Self.times(proxy), Self.times(original))
        let keys = theirs.indices.filter { original.track.entries[theirs[$0].entry].isKeyframe }
        guard !keys.isEmpty else { return "the video has no key picture" }
        let chosen = Set(Self.places.map { keys[min(keys.count - 1, Int($0 * Double(keys.count)))] }).sorted()
        let large = try SegmentReader(original, interrupt: interrupt)
        let small = try SegmentReader(proxy, interrupt: interrupt)
        var pairs: [(Sketch, Sketch)] = []
        for number in chosen {
            try interrupt.check("compare")
            let entry = theirs[number].entry
            guard let key = try Self.sketch(large, entry..<entry + 1, at: theirs[number].seconds),
                let segment = segment(upTo: mine[number].entry),
                let other = try Self.sketch(small, segment, at: mine[number].seconds)
            else { return "not all of its pictures could be compared" }
            pairs.append((key, other))
        }
        for (key, other) in pairs {
            let similarity = key.similarity(to: other)
            if similarity < Self.alike || pairs.contains(where: { key.similarity(to: $0.1) > similarity + Self.margin })
            {
                return "it shows something else"
            }
        }
        return nil
    }

    /// What is decoded of the proxy to see one of its frames; nil where that is too much.
    private func segment(upTo entry: Int) -> Range<Int>? {
        let entries = proxy.track.entries
        var first = entry
        while first > 0, !(entries[first].isKeyframe && entries[first].pts <= entries[entry].pts) { first -= 1 }
        let end = min(entries.count, entry + 1)
        return end - first <= Self.longest && entries[first].isKeyframe ? first..<end : nil
    }

    private static func sketch(_ reader: SegmentReader, _ segment: Range<Int>, at seconds: Double) throws -> Sketch? {
        let scaler = FrameScaler(width: Sketch.width, height: Sketch.height)
        var found: (distance: Double, sketch: Sketch)?
        let isFound = try reader.read(segment, complete: segment) { time, frame in
            let distance = abs(time.seconds - seconds)
            guard distance < found?.distance ?? 0.1 else { return }
            try scaler.scale(frame)
            found = (distance, Sketch(scaler.luma))
        }
        return isFound ? found?.sketch : nil
    }

    /// A frame in so few pixels that how it was coded no longer matters.
    private struct Sketch {
        static let (width, height) = (64, 36)

        private let values: [Double]
        private let norm: Double

        init(_ luma: [UInt8]) {
            let mean = Double(luma.reduce(0) { $0 + Int($1) }) / Double(luma.count)
            values = luma.map { Double($0) - mean }
            norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }

        /// Their correlation: 1 for the same; of two frames of one colour too.
        func similarity(to other: Sketch) -> Double {
            let flat = Double(values.count).squareRoot()
            if norm < flat, other.norm < flat { return 1 }
            let sum = zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
            return sum / max(1e-9, norm * other.norm)
        }
    }
}
