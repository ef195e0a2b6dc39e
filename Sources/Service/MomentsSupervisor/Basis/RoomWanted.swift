internal import MomentsCore

/// How much room in the outbox a job needs, and how much must be free before one is started; pure.
struct RoomWanted {
    /// What must be free before the next try, in bytes, because a job found less not to be enough.
    private(set) var afterFailure: Int64 = 0
    private var until: Moment?

    /// Notes that a job ran out of room.
    ///
    /// - Parameters:
    ///   - free: What was free when it was started, in bytes.
    ///   - now: The moment.
    mutating func failed(startedWith free: Int64, at now: Moment) {
        afterFailure = free + free / 10 + (16 << 20)
        // Quotas do not show in what is free: after a while it is simply tried.
        until = now + .seconds(600)
    }

    /// What must be free before a job is started, in bytes.
    ///
    /// - Parameters:
    ///   - options: How the result is made.
    ///   - size: The video's size in bytes.
    ///   - least: What must be free in any case.
    ///   - now: The moment.
    /// - Returns: An estimate on the high side: a reel of each shape at 40 Mbit/s, though not twice the video's size, the sound as
    ///   it is mixed, and the pictures.
    mutating func needed(_ options: JobOptions, size: Int64, least: Int64, at now: Moment) -> Int64 {
        if let until, now >= until { afterFailure = 0 }
        let wanted =
            options.segments.isEmpty ? options.targetDuration : options.segments.reduce(0) { $0 + $1.end - $1.start }
        let seconds = min(max(wanted, 1), 86_400)
        let reel = min(Int64(seconds * 5e6), size < .max / 16 ? 2 * size : .max / 16)
        return max(afterFailure, least + reel * Int64(options.aspects.count) + min(Int64(seconds * 800_000), size))
    }
}
