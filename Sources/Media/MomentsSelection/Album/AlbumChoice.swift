internal import Glibc
public import MomentsCore

/// Chooses what of many videos makes one reel; it knows nothing of files.
public struct AlbumChoice {
    /// A moment of a video that may be shown.
    public struct Candidate: Hashable, Codable, Sendable {
        /// Where it is in its video.
        public let range: TimeRange
        /// How much it stands out in its video: 0…1.
        public let score: Double
        /// Why, in plain words.
        public let reasons: [String]

        /// The middle of it, where it is longer than so many seconds.
        func cut(to seconds: Double) -> Candidate {
            let surplus = range.duration.seconds - seconds
            guard surplus > 0 else { return self }
            let start = range.start + MediaTime(seconds: surplus / 2)
            let shorter = TimeRange(start: start, end: start + MediaTime(seconds: seconds))
            return Candidate(range: shorter, score: score, reasons: reasons)
        }

        /// Makes one.
        public init(range: TimeRange, score: Double, reasons: [String]) {
            (self.range, self.score, self.reasons) = (range, score, reasons)
        }
    }

    /// A video with what may be shown of it.
    public struct Video: Sendable {
        /// When it was recorded, in seconds of a clock that all videos share; nil where nothing tells.
        public var start: Double?
        /// Whether that clock is exact for this video and those of the same number: their sounds were laid over each other.
        public var group: Int?
        /// What may be shown.
        public var candidates: [Candidate]

        /// Makes one.
        public init(start: Double?, group: Int? = nil, candidates: [Candidate]) {
            (self.start, self.group, self.candidates) = (start, group, candidates)
        }
    }

    /// A moment that was chosen.
    public struct Shot: Hashable, Sendable {
        /// The video's number.
        public let video: Int
        /// What is shown.
        public let candidate: Candidate
        /// How much it counts among all.
        public let value: Double
    }

    /// What was chosen, in the reel's order.
    public let shots: [Shot]
    /// For each video without a shot why it has none, in plain words.
    public let leftOut: [Int: String]

    /// How much less each further moment of one video counts.
    private static let repeated = 0.45
    /// How much less a video's second best counts than its best by its rank alone.
    private static let ranked = 0.92
    /// The share of a moment that another view may show too.
    private static let shared = 0.25

    /// Chooses.
    ///
    /// - Parameters:
    ///   - videos: All of them.
    ///   - seconds: How long the reel should be.
    ///   - options: Order, and the most shots of a video.
    public init(_ videos: [Video], seconds: Double, _ options: AlbumOptions) {
        var left = seconds
        var chosen: [Shot] = []
        var counts = [Int: Int]()
        var doubles = Set<Int>()
        let longest = Self.longest(of: videos, seconds: seconds)
        // Of each video only its best one left competes: thousands of videos have tens of thousands of moments.
        var queues: [ArraySlice<Entry>] = videos.enumerated().map { number, video in
            var rank = 1.0
            return video.candidates.sorted { $0.score > $1.score }.map { candidate in
                defer { rank *= Self.ranked }
                let value = (candidate.score + 0.001) * rank
                return Entry(video: number, candidate: candidate.cut(to: longest), value: value)
            }[...]
        }
        func worth(_ number: Int) -> Double {
            guard let first = queues[number].first else { return -1 }
            return first.value * pow(Self.repeated, Double(counts[number] ?? 0))
        }
        while left > Self.least {
            guard let best = queues.indices.max(by: { worth($0) < worth($1) }) else { break }
            let value = worth(best)
            guard let entry = queues[best].popFirst() else { break }
            if let most = options.maxPerVideo, counts[best] ?? 0 >= most {
                queues[best] = []
                continue
            }
            let length = entry.candidate.range.duration.seconds
            // The last one may be a little too long, never the first.
            if length > left + 1, !chosen.isEmpty { continue }
            if chosen.contains(where: { Self.isSame($0, entry.video, entry.candidate, videos) }) {
                doubles.insert(entry.video)
                continue
            }
            chosen.append(Shot(video: entry.video, candidate: entry.candidate, value: value))
            counts[entry.video, default: 0] += 1
            left -= length
        }
        shots = Self.ordered(chosen, videos, options.order)
        var leftOut: [Int: String] = [:]
        for (number, video) in videos.enumerated() where counts[number] == nil {
            leftOut[number] =
                video.candidates.isEmpty
                ? "nothing in it can be shown"
                : doubles.contains(number) ? "another video shows the same moments" : "others stand out more"
        }
        self.leftOut = leftOut
    }

    private struct Entry {
        let video: Int
        let candidate: Candidate
        let value: Double
    }

    /// How long a shot may be, in seconds, so that every video can have one where there is room.
    private static func longest(of videos: [Video], seconds: Double) -> Double {
        let some = videos.count { !$0.candidates.isEmpty }
        return min(max(seconds / Double(max(1, min(some, Int(seconds / 3)))), 2.5), 6)
    }

    /// What is left of the reel's length that no shot fills, in seconds.
    private static let least = 0.75

    /// Whether a moment is shown already: by the same video, or by another one recorded beside it.
    private static func isSame(_ shot: Shot, _ video: Int, _ candidate: Candidate, _ videos: [Video]) -> Bool {
        var shift = 0.0
        if shot.video != video {
            guard let group = videos[video].group, videos[shot.video].group == group,
                let one = videos[shot.video].start,
                let other = videos[video].start
            else { return false }
            shift = other - one
        }
        let start = max(shot.candidate.range.start.seconds, candidate.range.start.seconds + shift)
        let end = min(shot.candidate.range.end.seconds, candidate.range.end.seconds + shift)
        let shorter = min(shot.candidate.range.duration.seconds, candidate.range.duration.seconds)
        return end - start > (shot.video == video ? 0 : shared * shorter)
    }

    private static func ordered(_ shots: [Shot], _ videos: [Video], _ order: AlbumOptions.Order) -> [Shot] {
        if order == .best { return shots.sorted { ($1.value, $0.video) < ($0.value, $1.video) } }
        func moment(_ shot: Shot) -> (Double, Int, Double) {
            let start = videos[shot.video].start ?? .infinity
            return (start + shot.candidate.range.start.seconds, shot.video, shot.candidate.range.start.seconds)
        }
        return shots.sorted { moment($0) < moment($1) }
    }
}
