internal import MomentsCore

/// Finds a file's timeline from its packets as they are read: pure, some bytes a break.
///
/// A clock that differs from what the packets before promised is moved on or back for all tracks together, so that
/// pictures follow on each other and what is heard stays with what is seen.
package struct TimelineBuilder: Sendable {
    /// What is known of a container.
    package struct Container: Hashable, Sendable {
        /// Whether recorders join files of this kind byte by byte: a jump of more than ten seconds is then no pause.
        package var isJoined: Bool

        /// Makes one from its parts.
        package init(isJoined: Bool) { self.isJoined = isJoined }
    }

    private let container: Container
    /// The tracks followed, by stream index.
    package private(set) var clocks: [Int: TrackClock]
    private var order = 0

    /// A pause longer than this many seconds is closed.
    static let longestPause = 300.0

    /// Starts before a file's first packet.
    ///
    /// - Parameters:
    ///   - container: What is known of the file's kind.
    ///   - clocks: The tracks to be followed, by stream index.
    package init(_ container: Container, clocks: [Int: TrackClock]) {
        (self.container, self.clocks) = (container, clocks)
    }

    /// Takes the file's next packet.
    package mutating func add(_ packet: PacketTimes) {
        clocks[packet.track]?.add(packet, order: order)
        order += 1
    }

    /// What was found, once all packets were taken.
    ///
    /// - Parameter video: The track whose pictures follow on each other.
    /// - Returns: What becomes of the clocks.
    package func build(video: Int) -> ClockPlan {
        var plan = ClockPlan()
        guard let clock = clocks[video] else { return plan }
        let pictures = RunJoiner(clock.runs, torn: clock.torn, base: clock.base)
        let sound = clocks.filter { $0.key != video && !$0.value.isVideo }
            .mapValues { ($0, RunJoiner($0.runs, base: $0.base)) }
        plan.tracks[video] = lead(clock, pictures, sound.values.map { ($0.0.base, $0.1.runs) }, &plan)
        for (index, (other, joined)) in sound {
            plan.tracks[index] = follow(other, joined, clock.base, plan.tracks[video]?.runs ?? [])
        }
        return plan
    }

    // MARK: - pictures

    private func lead(
        _ clock: TrackClock,
        _ joined: RunJoiner,
        _ sound: [(base: Rational, runs: [ClockRun])],
        _ plan: inout ClockPlan
    ) -> ClockPlan.Track {
        var track = ClockPlan.Track(clock, joined)
        var offset: Int64 = 0
        for (number, run) in joined.runs.enumerated() {
            if number > 0 {
                let before = joined.runs[number - 1]
                let hole = (before.end, run.start)
                let seconds = Double(run.start &- before.end) * clock.base.value
                let time = MediaTime(timestamp: before.end &+ offset &- joined.runs[0].start, base: clock.base).seconds
                let isKept = seconds > 0 && (seconds <= longest || isAudible(hole, clock.base, sound))
                if isKept {
                    plan.pauses.append(ClockPlan.Break(time: time, jump: seconds))
                } else {
                    offset = before.end &+ offset &- run.shownStart
                    plan.jumps.append(ClockPlan.Break(time: time, jump: seconds))
                }
            }
            track.runs.append(ClockPlan.Run(run: run, offset: offset))
        }
        return track
    }

    private static let mostRuns = 256

    private var longest: Double { container.isJoined ? TrackClock.longest : Self.longestPause }

    /// Whether most of a hole in the pictures is filled by a track whose clock runs on over it.
    private func isAudible(
        _ hole: (Int64, Int64),
        _ base: Rational,
        _ sound: [(base: Rational, runs: [ClockRun])]
    ) -> Bool {
        let (from, to) = (Double(hole.0) * base.value, Double(hole.1) * base.value)
        // A clock that breaks that often tells nothing, and must not cost time.
        return sound.contains { track in
            track.runs.count < Self.mostRuns
                && track.runs.contains { run in
                    let start = max(from, Double(run.start) * track.base.value)
                    let end = min(to, Double(run.end) * track.base.value)
                    return end - start > (to - from) / 2
                }
        }
    }

    // MARK: - sound

    private func follow(
        _ clock: TrackClock,
        _ joined: RunJoiner,
        _ base: Rational,
        _ pictures: [ClockPlan.Run]
    ) -> ClockPlan.Track {
        var track = ClockPlan.Track(clock, joined)
        var last: (end: Int64, offset: Int64)?
        for run in joined.runs {
            let offset: Int64
            if let match = Self.match(run, clock.base, pictures, base) {
                offset = MediaTime(timestamp: match.offset, base: base).timestamp(in: clock.base)
            } else if let last {
                // A clock of its own: a pause stays one, anything else goes on where the track was.
                let seconds = Double(run.start &- last.end) * clock.base.value
                offset = seconds > 0 && seconds <= longest ? last.offset : last.end &+ last.offset &- run.start
            } else {
                offset = 0
            }
            track.runs.append(ClockPlan.Run(run: run, offset: offset))
            last = (run.end, offset)
        }
        return track
    }

    /// The pictures that stand at the same place in the file with the same clock; the first of equals, for a track that
    /// runs on where the pictures' clock alone jumps.
    private static func match(
        _ run: ClockRun,
        _ own: Rational,
        _ pictures: [ClockPlan.Run],
        _ base: Rational
    ) -> ClockPlan.Run? {
        let (from, to) = (Double(run.start) * own.value, Double(run.end) * own.value)
        var best: (match: ClockPlan.Run, shared: Int)?
        let near = pictures.partitioned { $0.run.order.upperBound < run.order.lowerBound - reach }
        for picture in pictures[near...] {
            if picture.run.order.lowerBound > run.order.upperBound + reach { break }
            let start = Double(picture.run.start) * base.value - apart
            let end = Double(picture.run.end) * base.value + apart
            guard from <= end, to >= start else { continue }
            let shared =
                min(run.order.upperBound, picture.run.order.upperBound)
                - max(run.order.lowerBound, picture.run.order.lowerBound)
            guard shared > -reach else { continue }
            if best.map({ shared > $0.shared }) ?? true { best = (picture, shared) }
        }
        return best?.match
    }

    /// How far sound and pictures of one place in a file can be apart, in seconds.
    private static let apart = 10.0
    /// The same in packets.
    private static let reach = 256
}
