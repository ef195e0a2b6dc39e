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

    private var lines = OwnerLines()
    private var room = RoomWanted()
    /// Until when nothing is started, because something was missing.
    private(set) var blockedUntil: Moment?
    /// Whether there is reason to look for the next job.
    var isWanted = false
    /// Whether it is outside the working hours.
    var isOutsideHours = false
    /// Whose a video is, and how much each owner may have.
    var sharing = Sharing()
    /// What each owner has had.
    var accounts: OwnerAccounts

    /// From so many interrupted attempts on, a job is taken after all others.
    private static let manyAttempts = 5

    /// Makes a queue in which nobody waits.
    init(_ accounts: OwnerAccounts) { self.accounts = accounts }

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
        let arrival = Double(job.manifest.createdAt.milliseconds) / 1000
        // One that was cut off again and again may be what cuts us off: others first.
        let wasCutOff = job.manifest.attempts >= Self.manyAttempts
        let delay = wasCutOff ? 86_400 * Double(job.manifest.attempts) : 0
        let size = job.manifest.source.size
        let rank = isLast ? .infinity : order.rank(arrival: arrival + delay, size: size)
        job.manifest.source.owner = job.status.owner
        let owner = sharing.owner(of: job)
        if let reason = lines.held[owner] { job.manifest.message = Self.waiting(reason) }
        let place = OwnerLines.Place(isBehind: isLast || wasCutOff, rank: rank, modified: job.status.modified)
        job.phase = .waiting(lines.add(job.path, of: owner, at: place))
        isWanted = true
    }

    /// Empties the line; whoever waits has to be lined up again.
    mutating func clear() { lines.clear() }

    /// Starts nothing before a moment; an earlier one that was set counts on.
    mutating func block(until moment: Moment) { blockedUntil = max(blockedUntil ?? moment, moment) }

    /// Takes in that the block may be over.
    mutating func unblock(at now: Moment) {
        guard let due = blockedUntil, now >= due else { return }
        blockedUntil = nil
        isWanted = true
    }

    /// The job whose turn it is: of the owner who has had least, the one that waits longest, passing over those whose
    /// content is being processed under another name.
    ///
    /// - Parameters:
    ///   - jobs: All jobs.
    ///   - busy: The contents that are being processed.
    ///   - isBusy: Whether a job has a worker still.
    ///   - known: The results of videos that left the inbox; nil where duplicates are not linked.
    ///   - day: Today, in days since 1970.
    /// - Returns: Who is next.
    mutating func next(
        _ jobs: borrowing JobTable,
        busy: Set<String>,
        isBusy: (String) -> Bool,
        known: KnownResults?,
        on day: Int
    ) -> Next {
        for owner in lines.turns(accounts, sharing.effectiveLimits, on: day) {
            var place = 0
            while let entry = lines.entry(place, of: owner) {
                guard let job = jobs[entry.path], job.manifest.status == .pending, job.phase.ticket == entry.ticket
                else {
                    // It is no longer what it stood in line for.
                    lines.remove(at: place, of: owner)
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
                lines.remove(at: place, of: owner)
                accounts.begin(job.manifest.jobID, of: owner, bytes: job.manifest.source.size, on: day)
                return .start(entry.path)
            }
        }
        return .nobody
    }

    /// Those of whom nothing is started today, each with the reason, as the last look for the next job found.
    var held: [Owner: String] { lines.held }

    /// What is to be told since the owners changed of whom nothing is started.
    ///
    /// - Parameters:
    ///   - before: Those of whom nothing was started before.
    ///   - jobs: All jobs; those that wait say why.
    ///   - now: The moment.
    /// - Returns: What follows.
    func tellHeld(since before: [Owner: String], _ jobs: inout JobTable, at now: Moment) -> [Action] {
        // Looked at now and then, because the clock on the wall may be set.
        let pause = Duration.seconds(min(600, 86_401 - LocalTime.secondOfDay))
        let look = lines.held.isEmpty ? nil : now + pause
        guard before != lines.held else { return look.map { [.deadline(.day, $0)] } ?? [] }
        var actions: [Action] = [.deadline(.day, look)]
        let changed = Set(before.keys).union(lines.held.keys).filter { before[$0] != lines.held[$0] }
        for owner in changed.sorted(by: { $0.label < $1.label }) {
            let reason = lines.held[owner]
            let message = reason.map(Self.waiting) ?? "waiting for a worker"
            for entry in lines.first(reason == nil ? .max : Self.mostTold, of: owner) {
                guard var job = jobs[entry.path], job.phase.ticket == entry.ticket, job.manifest.message != message
                else { continue }
                job.manifest.message = message
                jobs[entry.path] = job
                actions.append(.save(entry.path))
            }
            guard let reason, before[owner] == nil else { continue }
            actions.append(.note("Videos of \(owner.label) wait until midnight: it \(reason)."))
        }
        return actions
    }

    /// So many videos of an owner say in their manifests that they wait for another day; the others wait for those.
    private static let mostTold = 100

    private static func waiting(_ reason: String) -> String { "waiting until midnight: its owner \(reason)" }

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
