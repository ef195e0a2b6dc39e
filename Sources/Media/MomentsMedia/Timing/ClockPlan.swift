internal import MomentsCore

/// What becomes of a file's clocks, before single pictures are looked at.
package struct ClockPlan: Sendable {
    /// A run with what is added to its times.
    package struct Run: Sendable {
        /// The packets.
        package let run: ClockRun
        /// In ticks of the track.
        package let offset: Int64
    }

    /// A place at which a clock does not run on.
    package struct Break: Hashable, Sendable {
        /// When it comes, in seconds from the file's first picture.
        package let time: Double
        /// By how many seconds the clock jumps there.
        package let jump: Double
    }

    /// One track.
    package struct Track: Sendable {
        /// Its clock.
        let clock: TrackClock
        /// Its runs, in file order.
        package var runs: [Run] = []
        /// Slips of single packets.
        let strays: [RunJoiner.Stray]

        /// The places among the runs of those whose clocks single packets belong to, by the packets' numbers.
        let owners: [Int: Int]

        init(_ clock: TrackClock, _ joined: RunJoiner) {
            (self.clock, strays, owners) = (clock, joined.strays, joined.owners)
        }

        var isPlain: Bool { strays.isEmpty && runs.allSatisfy { $0.offset == 0 } }

        /// What is added to the times of the track's packet of a number.
        func offset(of number: Int) -> Int64 {
            guard runs.count > 1 else { return runs.first?.offset ?? 0 }
            return runs[max(0, runs.partitioned { $0.run.number <= number } - 1)].offset
        }

        /// Whether a packet stands behind the first place at which the clock was moved.
        func isBehindJump(_ number: Int) -> Bool { offset(of: number) != runs.first?.offset }

        /// Whether a packet stands between a place at which the clock was moved and the first from which decoding can start.
        func isOpen(_ number: Int) -> Bool {
            let place = runs.partitioned { $0.run.number <= number } - 1
            guard place > 0, runs[place].offset != runs[place - 1].offset, let open = runs[place].run.open else {
                return false
            }
            return number < runs[place].run.number + open
        }

        /// The same for readers.
        func map() -> Timeline.Track {
            var track = Timeline.Track()
            track.isPlaced = clock.isPlaced
            track.keepsDecodingTimes = clock.hasDecodingTimes || !clock.isVideo
            func place(_ run: ClockRun) -> Int64 { clock.isPlaced ? run.place : Int64(run.number) }
            for own in runs {
                if let last = track.segments.last, last.offset == own.offset { continue }
                let run = own.run
                let isFirst = track.segments.isEmpty
                track.segments.append(
                    Timeline.Segment(
                        from: place(run),
                        offset: own.offset,
                        start: (isFirst ? run.start : run.shownStart) &+ own.offset,
                        shownFrom: isFirst
                            ? place(run) : clock.isPlaced ? run.keyPlace : place(run) + Int64(run.open ?? 0)
                    )
                )
            }
            return track
        }
    }

    /// By stream index.
    package var tracks: [Int: Track] = [:]
    /// Jumps that are closed.
    package var jumps: [Break] = []
    /// Pauses that stay.
    package var pauses: [Break] = []

    /// Whether each track's own clock still rises from run to run, so that a search by it is unambiguous.
    var isRising: Bool {
        tracks.values.allSatisfy { track in
            zip(track.runs, track.runs.dropFirst()).allSatisfy { $0.run.end <= $1.run.start }
        }
    }
}
