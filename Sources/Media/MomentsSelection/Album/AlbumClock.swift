/// Lays videos of several cameras on one clock: by the times that they say, and by their sounds where these tell better.
public struct AlbumClock: Sendable {
    /// That one video begins so many seconds after another, by their sounds.
    public struct Link: Hashable, Sendable {
        /// The video that the seconds are counted from.
        public let first: Int
        /// The other one.
        public let second: Int
        /// Seconds.
        public let seconds: Double

        /// Makes a link.
        public init(_ first: Int, _ second: Int, seconds: Double) {
            (self.first, self.second, self.seconds) = (first, second, seconds)
        }
    }

    /// When each video begins, in seconds since 1970; nil where nothing tells.
    public private(set) var starts: [Double?]
    /// The number of those whose sounds lie over each other; nil for a video that stands alone.
    public private(set) var groups: [Int?]
    /// By how many seconds a video's own clock is ahead of what most of its group say.
    public private(set) var ahead: [Int: Double] = [:]

    /// Lays videos on one clock.
    ///
    /// - Parameters:
    ///   - times: When each began by its own clock, in seconds since 1970; nil where it does not say.
    ///   - links: What their sounds say.
    public init(times: [Double?], links: [Link]) {
        starts = times
        groups = times.map { _ in nil }
        var neighbours: [Int: [(other: Int, seconds: Double)]] = [:]
        for link in links {
            neighbours[link.first, default: []].append((link.second, link.seconds))
            neighbours[link.second, default: []].append((link.first, -link.seconds))
        }
        for root in times.indices where groups[root] == nil && neighbours[root] != nil {
            var (places, waiting) = ([root: 0.0], [root])
            while let next = waiting.popLast() {
                for (other, seconds) in neighbours[next] ?? [] where places[other] == nil {
                    places[other] = (places[next] ?? 0) + seconds
                    waiting.append(other)
                }
            }
            let clocks = places.compactMap { video, place in times[video].map { (video, $0 - place) } }
            // What most say: the one that has the most others within two seconds, the lowest number where two have as many.
            let base = clocks.max { one, other in
                func friends(_ clock: Double) -> Int { clocks.count { abs($0.1 - clock) <= 2 } }
                return (friends(one.1), -one.0) < (friends(other.1), -other.0)
            }
            for (video, place) in places {
                groups[video] = root
                starts[video] = base.map { $0.1 + place }
            }
            for (video, clock) in clocks {
                if let base, abs(clock - base.1) > 2 { ahead[video] = clock - base.1 }
            }
        }
    }
}
