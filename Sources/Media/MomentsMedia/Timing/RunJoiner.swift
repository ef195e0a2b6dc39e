internal import MomentsCore

/// Takes a track's runs apart into clocks of their own and slips of single packets.
struct RunJoiner {
    /// Some packets whose times lie far from those around them.
    struct Stray {
        let run: ClockRun
        /// When the first of them should be shown, in ticks of the clock around them.
        let start: Int64
    }

    private(set) var runs: [ClockRun] = []
    private(set) var strays: [Stray] = []
    /// The runs to whose clocks single packets belong that stand before them in the file, by the packets' numbers: where
    /// a clock jumps while pictures are decoded out of the order they are shown in.
    private(set) var owners: [Int: Int] = [:]
    private let tolerance: Int64

    /// Joins runs of one track.
    ///
    /// - Parameters:
    ///   - all: In file order.
    ///   - torn: Packets of which the two times contradict each other, by number.
    ///   - base: Seconds per tick.
    init(_ all: [ClockRun], torn: [(number: Int, packet: PacketTimes)] = [], base: Rational) {
        tolerance = max(1, Int64(0.5 / base.value))
        var next = 0
        while next < all.count {
            var run = all[next]
            next += 1
            while let back = Self.goingOn(run, all, from: next, tolerance) {
                var start = run.end
                for stray in all[next..<back] {
                    strays.append(Stray(run: stray, start: start))
                    start &+= Int64(stray.count) &* run.step
                }
                run.append(all[back])
                next = back + 1
            }
            runs.append(run)
        }
        for stray in strays {
            for (place, packet) in stray.run.packets.enumerated() { find(packet, stray.run.number + place) }
        }
        for slip in torn { find(slip.packet, slip.number) }
    }

    /// Looks whether a packet's time is one of the clock that comes next.
    private mutating func find(_ packet: PacketTimes, _ number: Int) {
        let next = runs.partitioned { $0.number <= number }
        guard runs.indices.contains(next), let time = packet.pts ?? packet.dts else { return }
        let apart = time.subtractingReportingOverflow(runs[next].start)
        guard !apart.overflow, apart.partialValue.magnitude <= 2 * tolerance.magnitude else { return }
        owners[number] = next
        runs[next].begin(at: time)
    }

    /// The run that goes on where one left off, behind a few packets; nil where there is none.
    private static func goingOn(_ run: ClockRun, _ all: [ClockRun], from first: Int, _ tolerance: Int64) -> Int? {
        var (packets, place) = (0, first)
        while place < all.count, run.count > 1 {
            let due = run.end &+ Int64(packets) &* run.step
            let slip = all[place].start.subtractingReportingOverflow(due)
            // What comes directly behind a run is no slip's end: it began since its clock differs.
            if place > first, !slip.overflow, slip.partialValue.magnitude <= tolerance.magnitude { return place }
            packets += all[place].count
            if packets > ClockRun.short { return nil }
            place += 1
        }
        return nil
    }
}
