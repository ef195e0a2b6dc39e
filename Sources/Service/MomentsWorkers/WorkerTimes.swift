package import MomentsCore

/// When a worker has to be ended, and how; pure.
package struct WorkerTimes {
    /// What is done to the worker's processes.
    package enum Action: Hashable {
        /// End its lifeline, and ask it to stop (SIGTERM).
        case ask
        /// End it and everything it started (SIGKILL).
        case kill
        /// Halt everything it runs (SIGSTOP).
        case halt
        /// Let it go on (SIGCONT).
        case proceed
    }

    private let stallTimeout: Duration
    private var lastSign: Moment
    private var killAt: Moment?
    private var isHalted = false
    private var isWaiting = false
    /// Why it was told to stop, if it was.
    package private(set) var stop: WorkerStop?

    package init(stallTimeout: Duration, at now: Moment) {
        self.stallTimeout = stallTimeout
        lastSign = now
    }

    /// Takes in that the worker told something.
    package mutating func sign(at now: Moment) { lastSign = now }

    /// Tells the worker to stop; the first reason counts, the sooner end too.
    ///
    /// - Parameters:
    ///   - reason: Why.
    ///   - grace: How long it has until it is killed.
    ///   - now: The moment.
    /// - Returns: What is to be done.
    package mutating func stop(_ reason: WorkerStop, grace: Duration, at now: Moment) -> [Action] {
        let due = now + grace
        killAt = min(killAt ?? due, due)
        guard stop == nil else { return [] }
        stop = reason
        defer { isHalted = false }
        // A halted one hears it only when it goes on.
        return isHalted ? [.ask, .proceed] : [.ask]
    }

    /// Halts the worker, or lets it go on; its silence meanwhile does not count.
    package mutating func suspend(_ wanted: Bool, at now: Moment) -> [Action] {
        guard wanted != isHalted, stop == nil else { return [] }
        isHalted = wanted
        if !wanted { lastSign = now }
        return [wanted ? .halt : .proceed]
    }

    /// Takes in that the worker waits for somebody else, or does not any more; meanwhile its silence does not count.
    package mutating func wait(_ wanted: Bool, at now: Moment) {
        isWaiting = wanted
        lastSign = now
    }

    /// Does what is due.
    package mutating func tick(at now: Moment) -> [Action] {
        if let killAt, now >= killAt {
            self.killAt = now + .seconds(5)
            return [.kill]
        }
        guard stop == nil, !isHalted, !isWaiting, now >= lastSign + stallTimeout else { return [] }
        return stop(.stalled, grace: .seconds(5), at: now)
    }

    /// When `tick` is to be called next.
    package var due: Moment? {
        if let killAt { return killAt }
        return isHalted || isWaiting ? nil : lastSign + stallTimeout
    }
}
