internal import FoundationEssentials
public import MomentsCore
public import MomentsEncoding
internal import MomentsMedia

/// Small pictures from all over a video, kept in few bytes: what sheets and scenes' stills are made of.
public struct FrameSurvey: Hashable, Codable, Sendable {
    /// One picture.
    public struct Entry: Hashable, Codable, Sendable {
        /// When its frame is shown, on the video's clock.
        public let time: MediaTime
        /// How good it looks: 0 where it shows nothing.
        public let merit: Double
        /// What `FrameStore` made of it.
        let bytes: Data

        /// The picture.
        ///
        /// - Returns: The picture, as it was but for what a JPEG loses.
        /// - Throws: `MediaError` where the bytes are damaged.
        func picture() throws -> StillImage { try FrameStore.picture(from: Array(bytes)) }
    }

    /// The pictures, by time; all of one size.
    public private(set) var entries: [Entry] = []

    /// The longer side of the pictures in pixels, where the video is not smaller: what a player's scrub bar shows.
    public static let longSide = 320
    /// The most pictures kept of a video of two hours and more.
    private static let most = 720.0

    /// Makes a survey without pictures.
    public init() {}

    /// The time between two pictures of a video, in seconds: ten, less for one shorter than forty minutes.
    ///
    /// - Parameter duration: The video's, in seconds.
    /// - Returns: Seconds.
    public static func interval(_ duration: Double) -> Double {
        max(min(max(duration / 240, 0.1), 10), duration / most)
    }

    /// Keeps a picture.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - time: When its frame is shown.
    ///   - store: Makes it small.
    /// - Throws: `MediaError`.
    public mutating func add(_ picture: StillImage, at time: MediaTime, _ store: FrameStore) throws {
        let merit = FrameMerit(
            luma: picture.luma,
            width: picture.width,
            height: picture.height,
            cb: picture.cb,
            cr: picture.cr
        )
        let entry = Entry(time: time, merit: merit.score, bytes: Data(try store.bytes(of: picture)))
        let place = entries.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
        entries.insert(entry, at: place)
    }

    /// The picture nearest to a moment.
    ///
    /// - Parameter time: On the video's clock.
    /// - Returns: The picture; nil where there is none at all.
    func nearest(to time: MediaTime) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        let around = entries[max(0, low - 1)..<min(entries.count, low + 1)]
        return around.min { abs(($0.time - time).seconds) < abs(($1.time - time).seconds) }
    }

    /// The pictures within segments, a few of each, spread evenly.
    ///
    /// - Parameters:
    ///   - ranges: On the video's clock.
    ///   - most: How many of each.
    /// - Returns: Each with its time; those that are damaged are left out.
    public func pictures(in ranges: [TimeRange], most: Int) -> [(time: MediaTime, picture: StillImage)] {
        ranges.flatMap { range in
            let inside = entries.filter { range.contains($0.time) }
            let step = max(1, (inside.count + most - 1) / max(1, most))
            return stride(from: 0, to: inside.count, by: step).compactMap { number in
                (try? inside[number].picture()).map { (inside[number].time, $0) }
            }
        }
    }

    /// The picture nearest to the middle of a segment.
    ///
    /// - Parameter range: On the video's clock.
    /// - Returns: The picture; nil where none lies in it.
    func middle(of range: TimeRange) -> Entry? {
        let middle = MediaTime(seconds: (range.start.seconds + range.end.seconds) / 2)
        return nearest(to: middle).flatMap { range.contains($0.time) ? $0 : nil }
    }

    /// The best-looking picture within a segment, away from its edges where there is one.
    ///
    /// - Parameter range: On the video's clock.
    /// - Returns: The picture; nil where none lies in it.
    func best(in range: TimeRange) -> Entry? {
        let edge = MediaTime(seconds: min(0.3, range.duration.seconds * 0.2))
        let inner = TimeRange(start: range.start + edge, end: range.end - edge)
        for part in [inner, range] {
            let inside = entries.filter { part.contains($0.time) }
            // The first of equals, so that the same survey gives the same stills.
            if let best = inside.max(by: { ($0.merit, $1.time) < ($1.merit, $0.time) }) { return best }
        }
        return nil
    }
}
