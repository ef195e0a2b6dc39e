package import MomentsCore

/// Follows one track's clock from packet to packet, and notes where it does not run on.
///
/// Keeps some bytes a break, none a packet.
package struct TrackClock: Sendable {
    /// Seconds per tick.
    package let base: Rational
    /// Whether its packets can be shown in another order than they stand in.
    package let isVideo: Bool
    /// Whether the container has decoding times of its own.
    package let hasDecodingTimes: Bool
    /// Whether recorders join files of this kind byte by byte: what a clock starts with may then refer to pictures that
    /// are not in the file.
    ///
    /// In others a clock that jumps loses nothing.
    package let isJoined: Bool

    /// The runs so far, in file order.
    package private(set) var runs: [ClockRun] = []
    /// How many packets it has had.
    package private(set) var count = 0
    /// How many of them had no time at all.
    package private(set) var untimed = 0
    /// Whether every packet had a place, none before that of the one before it.
    package private(set) var isPlaced = true
    /// Packets of which the two times contradict each other, by number.
    private(set) var torn: [(number: Int, packet: PacketTimes)] = []

    private var last: Int64?
    private var highest: Int64 = .min
    private var lastPosition: Int64 = -1

    /// A pause of this many seconds is looked into.
    static let longest = 10.0
    /// So many seconds back are no matter of the order of pictures or of rounding.
    private static let disorder = 0.25
    /// The same where nothing but the order of pictures tells, and where pictures last long.
    private static let widestDisorder = 2.0
    private static let mostReordered: Int64 = 16
    /// More torn packets than this are no slips.
    static let mostTorn = 4096

    /// Starts before a track's first packet.
    package init(base: Rational, isVideo: Bool, hasDecodingTimes: Bool, isJoined: Bool) {
        (self.base, self.isVideo) = (base, isVideo)
        (self.hasDecodingTimes, self.isJoined) = (hasDecodingTimes, isJoined)
    }

    private func ticks(_ seconds: Double) -> Int64 {
        let ticks = seconds / base.value
        return ticks < 1e17 ? max(1, Int64(ticks)) : Int64(1e17)
    }

    /// Takes the track's next packet.
    ///
    /// - Parameters:
    ///   - packet: As the container has it.
    ///   - order: How many packets of all tracks stand before it.
    package mutating func add(_ packet: PacketTimes, order: Int) {
        defer { count += 1 }
        if let position = packet.position, position >= lastPosition {
            lastPosition = position
        } else {
            isPlaced = false
        }
        let byDecoding = hasDecodingTimes || !isVideo
        guard let clock = byDecoding ? packet.dts ?? packet.pts : packet.pts ?? packet.dts else {
            untimed += 1
            return
        }
        var shown = packet.pts ?? clock
        if let dts = packet.dts, let pts = packet.pts, isTorn(pts, dts, packet.duration) {
            if torn.count < Self.mostTorn { torn.append((count, packet)) }
            if byDecoding { shown = dts }
        }
        if runs.isEmpty || isBreak(clock, packet, byDecoding) {
            runs.append(ClockRun(place: packet.position ?? -1, number: count, order: order...order))
            highest = .min
        }
        var packet = packet
        packet.duration = believed(packet.duration)
        runs[runs.count - 1].add(packet, shown: shown, order: order, isEntrance: packet.isKeyframe || !isJoined)
        last = clock
        highest = max(highest, clock)
    }

    /// A packet's duration; where a clock jumps, some containers call the one before it as long as the jump.
    private func believed(_ duration: Int64) -> Int64 {
        let usual = runs.last?.step ?? 0
        guard duration > ticks(Self.longest), usual > 0, duration / 20 > usual else { return duration }
        return usual
    }

    private func isBreak(_ clock: Int64, _ packet: PacketTimes, _ byDecoding: Bool) -> Bool {
        guard let last else { return false }
        let usual = packet.duration > 0 ? packet.duration : runs.last?.step ?? 0
        let limit = max(ticks(Self.longest), usual.multipliedReportingOverflow(by: 20).partialValue)
        let reference = byDecoding ? last : highest
        let (ahead, overflow) = clock.subtractingReportingOverflow(reference)
        if overflow || ahead > limit { return true }
        // A picture that all others refer to is shown behind all that was decoded before it.
        if byDecoding || packet.isKeyframe { return ahead < -ticks(Self.disorder) }
        return ahead < -max(ticks(Self.widestDisorder), min(usual, ticks(60)) &* Self.mostReordered)
    }

    /// Whether a packet is shown that much later or earlier than it is decoded that one of the two is wrong.
    private func isTorn(_ pts: Int64, _ dts: Int64, _ duration: Int64) -> Bool {
        let (lead, overflow) = pts.subtractingReportingOverflow(dts)
        // Sixteen pictures are held back at most; two of them can be one's fields.
        let farthest = max(ticks(1), min(duration, ticks(60)) &* 33)
        return overflow || lead > farthest || lead < -farthest
    }
}
