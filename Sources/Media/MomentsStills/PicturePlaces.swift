public import MomentsCore
public import MomentsMedia

/// What it costs to see a picture of a video, by its index: how many have to be decoded for it.
public struct PicturePlaces: Sendable {
    /// A picture, and the way to it.
    public struct Place: Hashable, Sendable {
        /// When it is shown, on the video's clock.
        public let time: MediaTime
        /// The index entries to decode, from a key picture to the picture itself.
        public let stretch: Range<Int>
    }

    private let times: [MediaTime]
    /// The index entry of each picture, in the order they are shown.
    private let entries: [Int]
    /// Positions of the key pictures in `times`.
    private let keys: [Int]
    private let duration: MediaTime

    /// Pictures decoded for one in any case: less than finding a better one would cost.
    private static let near = 60
    /// Pictures decoded for one at most.
    private static let far = 300

    /// Sorts a video's index.
    ///
    /// - Parameter source: The video.
    public init(_ source: MediaSource) {
        let (origin, base) = (source.origin, source.video.timeBase)
        let coded = source.track.entries
        let shown = coded.indices.filter { !coded[$0].isDiscarded }
        self.init(
            shown.map { (MediaTime(timestamp: coded[$0].presentation, base: base) - origin, coded[$0].isKey, $0) },
            duration: source.duration
        )
    }

    /// Sorts pictures by when they are shown.
    ///
    /// - Parameters:
    ///   - pictures: When each is shown, whether it is a key picture, and which entry of the index it is.
    ///   - duration: The video's.
    public init(_ pictures: [(time: MediaTime, isKey: Bool, entry: Int)], duration: MediaTime) {
        let sorted = pictures.sorted { ($0.time, $0.entry) < ($1.time, $1.entry) }
        times = sorted.map(\.time)
        entries = sorted.map(\.entry)
        keys = sorted.indices.filter { sorted[$0].isKey }
        self.duration = duration
    }

    /// The picture shown at a time.
    ///
    /// - Parameter time: On the video's clock.
    /// - Returns: That picture, the first or the last one outside the video; nil where the index is empty.
    func place(at time: MediaTime) -> Place? {
        guard !times.isEmpty else { return nil }
        return place(ofPicture: max(0, Self.count(times) { $0 <= time } - 1))
    }

    /// A picture near a time that can be had with little decoding: the one at that time if it is near its key picture,
    /// else the nearest key picture, unless that is far away in the video.
    ///
    /// - Parameter time: On the video's clock.
    /// - Returns: The picture; nil where the index is empty.
    func cheapPlace(near time: MediaTime) -> Place? {
        guard let exact = place(at: time), exact.stretch.count > Self.near else { return place(at: time) }
        let behind = Self.count(keys) { times[$0] <= time }
        let candidates = keys[max(0, behind - 1)..<min(keys.count, behind + 1)]
        func distance(_ picture: Int) -> Double { abs((times[picture] - time).seconds) }
        if let key = candidates.min(by: { distance($0) < distance($1) }), distance(key) <= 0.06 * duration.seconds {
            return place(ofPicture: key)
        }
        // In one giant group of pictures: as far as is bearable.
        let stretch = exact.stretch.prefix(Self.far)
        return stretch.count == exact.stretch.count ? exact : place(ofEntry: stretch.endIndex - 1)
    }

    /// The picture within a stretch of time that costs least.
    ///
    /// - Parameter range: On the video's clock.
    /// - Returns: A key picture, or else the first picture; nil where none is shown there.
    func cheapestPlace(in range: TimeRange) -> Place? {
        let first = Self.count(times) { $0 < range.start }
        let key = keys.dropFirst(Self.count(keys) { $0 < first }).first
        if let key, times[key] < range.end { return place(ofPicture: key) }
        return first < times.count && times[first] < range.end ? place(ofPicture: first) : nil
    }

    private func place(ofEntry entry: Int) -> Place? {
        entries.firstIndex(of: entry).map { place(ofPicture: $0) }
    }

    /// The way to a picture: from the last key picture shown no later, which is also the last one decoded no later.
    private func place(ofPicture picture: Int) -> Place {
        let entry = entries[picture]
        let key = keys.prefix(Self.count(keys) { $0 <= picture }).last.map { entries[$0] } ?? 0
        return Place(time: times[picture], stretch: min(key, entry)..<entry + 1)
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
