public import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// What the status server can show: a copy of everything, kept current by the supervisor.
///
/// The server is handed nothing else, so that no request can reach anything that writes. Safe from any thread; every
/// call returns at once, however slow those who listen are.
public final class StatusBoard: Sendable {
    /// The version it shows.
    public let version: String
    private let started = ContinuousClock.now
    private let state = Mutex(State())

    struct State {
        var jobs: [String: Shown] = [:]
        var index = JobIndex()
        /// The jobs whose text is kept, in the order they were written.
        var written: [String] = []
        var health = HealthReport()
        var catalog = ServiceCatalog()
        var counters = Counters()
        var queues: [ObjectIdentifier: EventQueue] = [:]
        var lastEvent: UInt64 = 0
        var isClosed = false
        var freeSpace: (@Sendable () -> HealthReport.FreeSpace)?
        var signOfLife: Alarm?
        var pause = Duration.zero
    }

    /// A job as it is shown.
    struct Shown {
        let manifest: Manifest
        /// Its text, once somebody asked for it.
        var text: [UInt8]?
    }

    /// What has happened since the start.
    struct Counters: Hashable {
        var completed = 0
        var failed = 0
        var cancelled = 0
        var processingSeconds = 0.0
        var mediaSeconds = 0.0
        /// What the stages of completed jobs took.
        var stages: [Stage: Histogram] = [:]
        /// What it took from the last change of a video to its being taken.
        var arrivals = Histogram(Counters.arrivalBounds)
        /// Jobs a judge had a say in, and those it failed in.
        var (judged, unjudged) = (0, 0)
        var judgeCost = 0.0
    }

    /// Makes an empty board.
    public init(version: String) { self.version = version }

    /// Shows a job as it now is, and tells those who listen.
    ///
    /// - Parameter transition: What happened to it, with progress to the percent.
    public func set(_ transition: JobTransition) {
        let manifest = transition.after.shown
        state.withLock { state in
            let known = state.jobs.updateValue(Shown(manifest: manifest), forKey: manifest.jobID)?.manifest.status
            state.index.change(manifest.jobID, from: known, to: manifest.status)
            // One that is first seen when it is over was done by an earlier process.
            if transition.before != nil, transition.isChangeOfStatus {
                state.counters.count(manifest)
                state.counters.time(transition)
            }
            guard let change = JobChange(transition, shown: manifest) else { return }
            state.lastEvent += 1
            if state.queues.isEmpty { return }
            let told = change.event(number: state.lastEvent)
            for queue in state.queues.values { queue.push(told) }
        }
    }

    /// Shows a job as it now is; for those who have no supervisor that finds changes.
    package func set(_ manifest: Manifest, event: JobEvent? = nil) {
        let before = state.withLock { $0.jobs[manifest.jobID]?.manifest.status }
        set(JobTransition(from: before, to: manifest, event: event))
    }

    /// Forgets a job.
    public func remove(jobID: String) {
        state.withLock { state in
            let before = state.jobs.removeValue(forKey: jobID)?.manifest.status
            state.index.change(jobID, from: before, to: nil)
        }
    }

    /// Shows how the service is.
    public func set(health: HealthReport) { state.withLock { $0.health = health } }

    /// Shows what can still be written at the moment of each question; `measure` returns at once.
    public func set(freeSpace measure: @escaping @Sendable () -> HealthReport.FreeSpace) {
        state.withLock { $0.freeSpace = measure }
    }

    /// Shows what the service can do.
    public func set(catalog: ServiceCatalog) { state.withLock { $0.catalog = catalog } }

    /// How many listen to events.
    public var listeners: Int { state.withLock { $0.queues.count } }

    /// Seconds since the board was made.
    var uptime: Double { started.duration(to: .now).inSeconds }

    /// A look at everything; arrays and dictionaries are shared, not copied.
    func look<Result>(_ body: (borrowing State) -> sending Result) -> Result { state.withLock { body($0) } }

    /// The job of that identifier.
    func job(_ identifier: String) -> Manifest? { state.withLock { $0.jobs[identifier]?.manifest } }

    /// Keeps the text of a job for the next question, unless the job has changed meanwhile.
    func keep(_ text: [UInt8], of manifest: Manifest) {
        guard text.count <= Self.longestText else { return }
        state.withLock { state in
            guard state.jobs[manifest.jobID]?.manifest.updatedAt == manifest.updatedAt,
                state.jobs[manifest.jobID]?.manifest == manifest
            else { return }
            if state.jobs[manifest.jobID]?.text == nil { state.written.append(manifest.jobID) }
            state.jobs[manifest.jobID]?.text = text
            guard state.written.count > Self.mostTexts else { return }
            for old in state.written.prefix(Self.mostTexts / 2) { state.jobs[old]?.text = nil }
            state.written.removeFirst(Self.mostTexts / 2)
        }
    }

    /// Texts that are kept: some pages of the newest jobs, of some kilobytes each.
    private static let mostTexts = 1000
    /// Longer texts are written each time, in bytes.
    private static let longestText = 32 << 10

    /// Adds a listener; nil when there are too many already.
    func listen(to job: String?, atMost limit: Int) -> EventQueue? {
        state.withLock { state in
            guard state.queues.count < limit, !state.isClosed else { return nil }
            let queue = EventQueue(job: job)
            state.queues[ObjectIdentifier(queue)] = queue
            if state.queues.count == 1 { state.signOfLife?.set(after: state.pause) }
            return queue
        }
    }

    /// Removes a listener.
    func leave(_ queue: EventQueue) {
        state.withLock { _ = $0.queues.removeValue(forKey: ObjectIdentifier(queue)) }
    }

    /// Gives every listener a sign of life now and then, from now on; without any, nothing happens.
    ///
    /// - Parameter pause: The pause between two.
    func keepAlive(every pause: Duration) {
        let alarm = Alarm(on: SerialQueue(label: "momentsd.status")) { [weak self] in self?.keepAlive() }
        state.withLock { state in
            state.signOfLife = alarm
            state.pause = pause
        }
    }

    private func keepAlive() {
        let queues = state.withLock { state in
            if !state.queues.isEmpty { state.signOfLife?.set(after: state.pause) }
            return Array(state.queues.values)
        }
        for queue in queues { queue.keepAlive() }
    }

    /// Ends every stream, for good.
    func close() {
        let queues = state.withLock { state in
            state.isClosed = true
            state.signOfLife = nil
            return Array(state.queues.values)
        }
        for queue in queues { queue.close() }
    }
}

extension StatusBoard.Counters {
    mutating func count(_ manifest: Manifest) {
        switch manifest.status {
        case .completed: completed += 1
        case .failed: failed += 1
        case .cancelled: cancelled += 1
        case .uploading, .pending, .processing: return
        }
        if let judge = manifest.stages.first(where: { $0.name == .judge }), let cost = judge.cost {
            if judge.error == nil { judged += 1 } else { unjudged += 1 }
            judgeCost += cost
        }
        guard manifest.status == .completed else { return }
        processingSeconds += manifest.processingTime ?? 0
        mediaSeconds += manifest.media?.duration ?? 0
    }
}
