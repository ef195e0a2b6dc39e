/// The starts and ends of a reel's shots that lie where they should not.
public struct JudgedEdges: Hashable, Sendable {
    /// Which end of a shot it is.
    public enum Side: String, Encodable, Sendable {
        /// Its start.
        case start = "in"
        /// Its end.
        case end = "out"
    }

    /// An edge inside an event.
    public struct InMiddle: Hashable, Encodable, Sendable {
        /// When, in seconds.
        public let t: Double
        /// Which end of the shot.
        public let side: Side
        /// What happens there.
        public let why: String
        /// What the event is worth.
        public let weight: Double
    }

    /// An edge so close to a hard cut that a flash of another shot is seen.
    public struct Sliver: Hashable, Encodable, Sendable {
        /// When, in seconds.
        public let t: Double
        /// Which end of the shot.
        public let side: Side
        /// When the cut is.
        public let cut: Double
    }

    /// Seconds an edge may lie inside an event, as far as nobody would see it.
    private static let tolerance = 0.3
    /// Seconds below which what is seen of another shot is a flash.
    private static let flash = 0.3
    /// Seconds between two shots that follow on in the video: their join is no cut.
    private static let join = 0.05

    /// Edges that lie inside an event, more than 0.3 s from both its ends, unless enough of it is in that shot.
    public private(set) var inMiddle: [InMiddle] = []
    /// Edges less than 0.3 s across a hard cut.
    public private(set) var slivers: [Sliver] = []

    /// Looks at a reel's edges; the clip's own ends are none.
    ///
    /// - Parameters:
    ///   - shots: The reel's stretches of the video.
    ///   - truth: What is known of the video.
    public init(of shots: [Span], against truth: JudgedTruth) {
        for shot in Self.joined(shots) {
            for (time, side) in [(shot.start, Side.start), (shot.end, .end)] {
                guard time > 0.1, time < truth.duration - 0.1 else { continue }
                for event in truth.events where Self.splits(event, at: time, shot) {
                    inMiddle.append(InMiddle(t: time, side: side, why: event.why, weight: event.weight))
                }
                for cut in truth.cuts {
                    let across = side == .start ? cut - time : time - cut
                    if across > 0.02, across < Self.flash { slivers.append(Sliver(t: time, side: side, cut: cut)) }
                }
            }
        }
    }

    private static func splits(_ event: JudgedTruth.Event, at time: Double, _ shot: Span) -> Bool {
        guard time > event.span.start + tolerance, time < event.span.end - tolerance else { return false }
        return event.enough.map { shot.overlap(event.span) < $0 - tolerance } ?? true
    }

    private static func joined(_ shots: [Span]) -> [Span] {
        shots.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.reduce(into: []) { joined, shot in
            guard let last = joined.last, shot.start <= last.end + join else { return joined.append(shot) }
            joined[joined.count - 1].end = max(last.end, shot.end)
        }
    }
}
