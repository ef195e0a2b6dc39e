internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Who waits for a worker, who is next, and whether there is room for what it makes; pure.
struct JobQueue {
    /// What a look for the next job found.
    enum Next: Equatable {
        /// Nobody can be started now.
        case nobody
        /// This one.
        case start(FilePath)
        /// This one may be a duplicate of another job, which has to be found out first.
        case compare(FilePath, with: String)
    }

    private var line = WaitingLine()
    private var room = RoomWanted()
    /// Until when nothing is started, because something was missing.
    private(set) var blockedUntil: Moment?
    /// Whether there is reason to look for the next job.
    var isWanted = false
    /// Whether it is outside the working hours.
    var isOutsideHours = false

    /// From so many interrupted attempts on, a job is taken after all others.
    private static let manyAttempts = 5

    /// Puts a video that is whole into the queue, as it is wanted.
    mutating func enqueue(_ job: inout Job, _ order: QueueOrder) -> [Action] {
        let path = job.path
        switch job.wish {
        case .failure(let error):
            if error.transient { job.manifest.attempts += 1 }
            return [.fail(path, error, durable: false)]
        case .success(let wish) where wish.isCancelled && !job.isCancelledByHand: return job.cancelByHand(at: .now)
        case .success(let wish):
            job.manifest.queue(wish.options, preset: wish.preset)
            job.companions.wish = .asMade
        }
        lineUp(&job, order)
        // What is lost here by a power failure is found out again; thousands may be put back at a start, or come at once.
        return [.due(path, .retry, nil), .save(path)]
    }

    /// Gives a pending job its place; behind all others where that is wanted.
    mutating func lineUp(_ job: inout Job, _ order: QueueOrder, isLast: Bool = false) {
        guard job.phase != .leaving else { return }
        var arrival = Double(job.manifest.createdAt.milliseconds) / 1000
        // One that was cut off again and again may be what cuts us off: others first.
        if job.manifest.attempts >= Self.manyAttempts { arrival += 86_400 * Double(job.manifest.attempts) }
        let rank = isLast ? .infinity : order.rank(arrival: arrival, size: job.manifest.source.size)
        job.phase = .waiting(line.add(job.path, rank: rank, modified: job.status.modified))
        isWanted = true
    }

    /// Empties the line; whoever waits has to be lined up again.
    mutating func clear() { line.clear() }

    /// Starts nothing before a moment; an earlier one that was set counts on.
    mutating func block(until moment: Moment) { blockedUntil = max(blockedUntil ?? moment, moment) }

    /// Takes in that the block may be over.
    mutating func unblock(at now: Moment) {
        guard let due = blockedUntil, now >= due else { return }
        blockedUntil = nil
        isWanted = true
    }

    /// The job that waits longest, passing over those whose content is being processed under another name.
    ///
    /// - Parameters:
    ///   - jobs: All jobs.
    ///   - busy: The contents that are being processed.
    ///   - isBusy: Whether a job has a worker still.
    ///   - known: The results of videos that left the inbox; nil where duplicates are not linked.
    /// - Returns: Who is next.
    mutating func next(
        _ jobs: borrowing JobTable,
        busy: Set<String>,
        isBusy: (String) -> Bool,
        known: KnownResults?
    ) -> Next {
        var place = 0
        while let entry = line.entry(place) {
            guard let job = jobs[entry.path], job.manifest.status == .pending, job.phase.ticket == entry.ticket else {
                // It is no longer what it stood in line for.
                line.remove(at: place)
                continue
            }
            let isFree =
                job.phase == .waiting(entry.ticket) && job.isSettled && !isBusy(job.manifest.jobID)
                && !(job.content.map(busy.contains) ?? false)
            guard isFree else {
                place += 1
                continue
            }
            // One that is compared keeps its place.
            if let known, let other = DuplicateFinder.candidate(for: job, jobs, known) {
                return .compare(entry.path, with: other)
            }
            line.remove(at: place)
            return .start(entry.path)
        }
        return .nobody
    }

    /// What must be free before a job is started, in bytes.
    mutating func roomNeeded(_ job: Job, least: Int64, at now: Moment) -> Int64 {
        room.needed(job.manifest.config, size: job.manifest.source.size, least: least, at: now)
    }

    /// Takes in that a job ran out of room; says what must be free before the next try, in bytes.
    mutating func ranOutOfRoom(startedWith free: Int64, at now: Moment) -> Int64 {
        room.failed(startedWith: free, at: now)
        return room.afterFailure
    }

    /// Whether what is free has to be looked at before a job is started.
    func looksAtRoom(least: Int64) -> Bool { least > 0 || room.afterFailure > 0 }
}
