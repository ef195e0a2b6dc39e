internal import MomentsCore

/// The map from a container's times to one line that runs on, for all of its tracks together.
///
/// A packet is found in it by its place in the file, since a clock that starts anew shows the same time twice.
public struct Timeline: Hashable, Sendable {
    /// Packets of a track in a row, moved by the same time; it ends where the next one begins.
    public struct Segment: Hashable, Sendable {
        /// The place of the first one.
        public let from: Int64
        /// What is added to their times, in ticks of the track.
        public let offset: Int64
        /// When the first of them is shown, in ticks on the line.
        public let start: Int64
        /// The place of the first that is shown: what stands before it refers to what was lost between recordings.
        public let shownFrom: Int64
    }

    /// When one packet is shown and decoded, in ticks on the line.
    public struct Times: Hashable, Sendable {
        /// When it is shown.
        public var pts: Int64
        /// When it is decoded; nil to leave that to who decodes.
        public var dts: Int64?
        /// Whether it is shown though the container's reader says otherwise: some take all for left out that comes behind
        /// a clock's restart.
        public var isShown = false
        /// Whether it is left out.
        public var isHidden = false
    }

    /// A packet whose own times count for nothing.
    struct Single: Hashable, Sendable {
        let place: Int64
        /// Its own time, where several packets can stand at one place.
        let clock: Int64?
    }

    /// A place from which decoding can start.
    struct Start: Hashable, Sendable {
        /// The byte.
        let position: Int64
        /// When what stands there is shown, on the line.
        let time: MediaTime
    }

    /// What becomes of a track's times.
    struct Track: Hashable, Sendable {
        /// Rising by place, without gaps; empty for one that is left as it is.
        var segments: [Segment] = []
        /// Packets that get other times than their segment's.
        var singles: [Single: Times] = [:]
        /// Whether places are bytes; else a packet's place is its number in its track.
        var isPlaced = true
        /// Whether decoding times are the container's own, not libavformat's guesses.
        var keepsDecodingTimes = true
        /// Whether no two packets stand at one place.
        var isToldByPlace = false

        var isPlain: Bool { segments.allSatisfy { $0.offset == 0 } && singles.isEmpty }
    }

    /// By stream index; others are left as they are.
    var tracks: [Int: Track] = [:]
    /// The seconds per tick of tracks whose header says otherwise, by stream index.
    var bases: [Int: Rational] = [:]
    /// Where a file can be entered by bytes, rising in time; empty where the container's own search serves.
    var starts: [Start] = []
    /// Whether a time on the line can be gone to, without reading from the file's start.
    public internal(set) var isSearchable = true
    /// What was mended, and what is left as it is though it surprises: a half sentence each.
    public internal(set) var notes: [String] = []

    /// The timeline of a file whose times are right.
    public static let plain = Timeline()

    /// Whether all times stay as they are.
    public var isPlain: Bool { tracks.isEmpty && bases.isEmpty }

    /// The segments of a track; empty for one whose times stay as they are.
    public func segments(ofTrack index: Int) -> [Segment] { tracks[index]?.segments ?? [] }

    /// Puts a packet onto the line.
    ///
    /// - Parameters:
    ///   - packet: As the container has it.
    ///   - number: How many packets of its track stand before it in the file; nil after a search.
    /// - Returns: Its times on the line; nil where it has none.
    package func times(of packet: PacketTimes, number: Int64?) -> Times? {
        let (pts, dts) = (packet.pts, packet.dts)
        guard let track = tracks[packet.track] else { return (pts ?? dts).map { Times(pts: $0, dts: dts) } }
        guard let place = track.isPlaced ? packet.position : number else { return nil }
        if !track.singles.isEmpty {
            let single = Single(place: place, clock: track.isToldByPlace ? nil : packet.clock)
            if let own = track.singles[single] { return own }
        }
        guard let time = pts ?? dts else { return nil }
        let segment = Self.segment(at: place, track.segments)
        let offset = segment.map { track.segments[$0].offset } ?? 0
        let decoded = track.keepsDecodingTimes ? dts.map { $0 &+ offset } : nil
        let isHidden = segment.map { place < track.segments[$0].shownFrom } ?? false
        return Times(pts: time &+ offset, dts: decoded, isShown: segment ?? 0 > 0, isHidden: isHidden)
    }

    /// The time of a track's own clock that stands for a time on the line.
    func clock(of time: Int64, track index: Int) -> Int64 {
        let segments = tracks[index]?.segments ?? []
        return time &- ((segments.last { $0.start <= time } ?? segments.first)?.offset ?? 0)
    }

    private static func segment(at place: Int64, _ segments: [Segment]) -> Int? {
        segments.isEmpty ? nil : max(0, segments.partitioned { $0.from <= place } - 1)
    }
}
