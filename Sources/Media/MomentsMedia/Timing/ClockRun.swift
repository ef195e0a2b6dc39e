/// Packets of one track, in a row, whose clock runs on.
package struct ClockRun: Hashable, Sendable {
    /// The byte at which the first one starts; less than 0 where the container does not say.
    package var place: Int64
    /// How many packets of the track stand before it.
    package var number: Int
    /// How many packets of all tracks stand before its first and its last one.
    package var order: ClosedRange<Int>
    /// How many packets it has.
    package var count = 0
    /// When the first is shown, in ticks.
    package var start: Int64 = .max
    /// When the last has been shown, in ticks.
    package var end: Int64 = .min
    /// How many packets stand before the first one from which on decoding is possible; nil where there is no such.
    package private(set) var open: Int?
    /// The place of that one.
    package private(set) var keyPlace: Int64 = -1
    /// When the first of what stands there and behind it is shown, in ticks.
    private var keyStart: Int64 = .max
    /// The packets of a short one, in file order.
    var packets: [PacketTimes] = []

    /// A run of more packets than this is a clock of its own, not a slip.
    static let short = 8

    /// When the first is shown that can be decoded without what stood before the run, in ticks.
    var shownStart: Int64 { open == nil ? start : keyStart }

    /// The usual time from one packet to the next, in ticks.
    var step: Int64 { count > 0 && end > start ? (end &- start) / Int64(count) : 0 }

    /// Takes in the next packet; `isEntrance` tells whether what stands from it on can be decoded.
    mutating func add(_ packet: PacketTimes, shown: Int64, order place: Int, isEntrance: Bool) {
        order = order.lowerBound...max(order.upperBound, place)
        if open == nil, isEntrance { (open, keyPlace) = (count, packet.position ?? -1) }
        if open != nil { keyStart = min(keyStart, shown) }
        count += 1
        start = min(start, shown)
        end = max(end, shown &+ packet.duration)
        if count <= Self.short { packets.append(packet) } else { packets = [] }
    }

    /// Starts a run before its first packet.
    init(place: Int64, number: Int, order: ClosedRange<Int>) {
        (self.place, self.number, self.order) = (place, number, order)
    }

    /// Lets it begin earlier, with a packet that stands elsewhere.
    mutating func begin(at time: Int64) {
        start = min(start, time)
        keyStart = min(keyStart, time)
    }

    /// Takes in what follows on the same clock.
    mutating func append(_ other: ClockRun) {
        order = order.lowerBound...other.order.upperBound
        count += other.count
        start = min(start, other.start)
        end = max(end, other.end)
        packets = []
    }
}
