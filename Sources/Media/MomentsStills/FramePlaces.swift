public import MomentsCore
public import MomentsMedia

/// What it costs to see a frame of a video, by its index: how many have to be decoded for it.
public struct FramePlaces: Sendable {
    /// A frame, and the way to it.
    public struct Place: Hashable, Sendable {
        /// When it is shown, on the video's clock.
        public let time: MediaTime
        /// The index entries to decode, from a keyframe to the frame itself.
        public let segment: Range<Int>
    }

    private let times: [MediaTime]
    /// The index entry of each frame, in the order they are shown.
    private let entries: [Int]
    /// Positions of the keyframes in `times`.
    private let keyframes: [Int]
    private let duration: MediaTime

    /// Frames decoded for one in any case: less than finding a better one would cost.
    private static let near = 60
    /// Frames decoded for one at most.
    private static let far = 300

    /// Sorts a video's index.
    ///
    /// - Parameter source: The video.
    public init(_ source: MediaSource) {
        let (origin, base) = (source.origin, source.video.timeBase)
        let coded = source.track.entries
        let shown = coded.indices.filter { !coded[$0].isDiscarded }
        self.init(
            shown.map { (MediaTime(timestamp: coded[$0].pts, base: base) - origin, coded[$0].isKeyframe, $0) },
            duration: source.duration
        )
    }

    /// Sorts frames by when they are shown.
    ///
    /// - Parameters:
    ///   - frames: When each is shown, whether it is a keyframe, and which entry of the index it is.
    ///   - duration: The video's.
    public init(_ frames: [(time: MediaTime, isKeyframe: Bool, entry: Int)], duration: MediaTime) {
        let sorted = frames.sorted { ($0.time, $0.entry) < ($1.time, $1.entry) }
        times = sorted.map(\.time)
        entries = sorted.map(\.entry)
        keyframes = sorted.indices.filter { sorted[$0].isKeyframe }
        self.duration = duration
    }

    /// The number of frames.
    var count: Int { times.count }

    /// The frame shown at a time.
    ///
    /// - Parameter time: On the video's clock.
    /// - Returns: That frame, the first or the last one outside the video; nil where the index is empty.
    func place(at time: MediaTime) -> Place? {
        guard !times.isEmpty else { return nil }
        return place(ofFrame: max(0, Self.count(times) { $0 <= time } - 1))
    }

    /// A frame near a time that can be had with little decoding: the one at that time if it is near its keyframe,
    /// else the nearest keyframe, unless that is far away in the video.
    ///
    /// - Parameter time: On the video's clock.
    /// - Returns: The frame; nil where the index is empty.
    func cheapPlace(near time: MediaTime) -> Place? {
        guard let exact = place(at: time), exact.segment.count > Self.near else { return place(at: time) }
        let behind = Self.count(keyframes) { times[$0] <= time }
        let candidates = keyframes[max(0, behind - 1)..<min(keyframes.count, behind + 1)]
        func distance(_ frame: Int) -> Double { abs((times[frame] - time).seconds) }
        if let keyframe = candidates.min(by: { distance($0) < distance($1) }),
            distance(keyframe) <= 0.06 * duration.seconds
        {
            return place(ofFrame: keyframe)
        }
        // In one giant group of pictures: as far as is bearable.
        let segment = exact.segment.prefix(Self.far)
        return segment.count == exact.segment.count ? exact : place(ofEntry: segment.endIndex - 1)
    }

    /// The frame within a segment of time that costs least.
    ///
    /// - Parameter range: On the video's clock.
    /// - Returns: A keyframe, or else the first frame; nil where none is shown there.
    func cheapestPlace(in range: TimeRange) -> Place? {
        let first = Self.count(times) { $0 < range.start }
        let keyframe = keyframes.dropFirst(Self.count(keyframes) { $0 < first }).first
        if let keyframe, times[keyframe] < range.end { return place(ofFrame: keyframe) }
        return first < times.count && times[first] < range.end ? place(ofFrame: first) : nil
    }

    /// What has to be decoded to see every frame from one moment up to another.
    ///
    /// - Parameters:
    ///   - start: On the video's clock.
    ///   - end: On the video's clock; nothing from there on is needed.
    /// - Returns: The index entries, from a keyframe on; nil where no frame is shown there.
    func segment(from start: MediaTime, to end: MediaTime) -> Range<Int>? {
        let first = Self.count(times) { $0 < start }
        let last = Self.count(times) { $0 < end }
        guard first < last, let highest = entries[first..<last].max() else { return nil }
        return place(ofFrame: first).segment.lowerBound..<highest + 1
    }

    private func place(ofEntry entry: Int) -> Place? {
        entries.firstIndex(of: entry).map { place(ofFrame: $0) }
    }

    /// The way to a frame: from the last keyframe shown no later, which is also the last one decoded no later.
    private func place(ofFrame frame: Int) -> Place {
        let entry = entries[frame]
        let keyframe = keyframes.prefix(Self.count(keyframes) { $0 <= frame }).last.map { entries[$0] } ?? 0
        return Place(time: times[frame], segment: min(keyframe, entry)..<entry + 1)
    }

    /// How many of the first elements fulfil a condition that no later one fulfils.
    private static func count<Element>(_ sorted: [Element], _ isEarly: (Element) -> Bool) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if isEarly(sorted[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
