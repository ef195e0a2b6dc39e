internal import Dispatch
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Owns every job: notices videos, waits until they are whole, runs workers, publishes, retries, cancels.
///
/// The truth is what stands in the inbox and in the manifests there; events only say where to look. All state belongs to
/// one queue, on which nothing may block for long.
public actor Supervisor {
    nonisolated let executor = QueueExecutor(label: "momentsd.supervisor")
    /// The supervisor's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    var configuration: SupervisorConfiguration
    let observer: any JobObserver
    let inbox: Beneath
    let store: ManifestStore
    let outbox: Outbox
    let disk = DiskQueue()
    var rules: IgnoreRules
    var watch: TreeWatch
    var history: JobHistory

    /// The jobs by their video's path below the inbox.
    var jobs = JobTable()
    /// When each path has to be looked after next, on the monotonic clock.
    var agenda: [FilePath: Double] = [:]
    /// Videos that are not where they were, for the moment in which the other half of a rename may turn up.
    var gone = GoneVideos()
    /// The workers by job.
    var runs: [String: WorkerRun] = [:]
    /// By content, the manifests of finished jobs whose video is gone: it may turn up under another name.
    var orphans: [String: Orphan] = [:]
    /// What is wrong at this moment, by what it is about.
    var troubles: [String: String] = [:]

    var nextReconcile = 0.0
    var nextPoll = 0.0
    var nextHealth: Double?
    var nextRewrite: Double?
    /// Videos whose manifest could not be written.
    var unwritten: Set<FilePath> = []
    var lastHealth = SupervisorHealth()
    var inboxIdentity: FileIdentity?
    /// The device the outbox was on when it was last known to be the right one.
    var outboxDevice: UInt64?
    var blockedUntil: Double?
    var isStarted = false
    var isStopping = false
    var stopWaiters: [CheckedContinuation<Void, Never>] = []

    private var alarm: Alarm?
    private var watchSource: ReadSource?

    /// A manifest without its video.
    struct Orphan {
        var manifest: Manifest
        var until: Double
    }

    /// What tells one folder from another of the same path.
    struct FileIdentity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    /// Makes a supervisor that does nothing yet.
    public init(_ configuration: SupervisorConfiguration, observer: any JobObserver) {
        self.configuration = configuration
        self.observer = observer
        inbox = Beneath(configuration.inbox)
        store = ManifestStore(inbox: inbox)
        outbox = Outbox(root: configuration.outbox)
        rules = IgnoreRules(patterns: configuration.ignore)
        watch = TreeWatch(inbox: inbox, mode: configuration.watch)
        history = JobHistory(file: configuration.state.appending("history.jsonl"))
    }

    /// Sweeps staging, watches the inbox, recovers what an earlier daemon left, and begins to work.
    ///
    /// Hold the folders' locks before calling it; when it returns, no arrival is missed any more.
    ///
    /// - Throws: `SystemError` when the outbox cannot be used.
    public func start() throws {
        try outbox.make()
        outboxDevice = try outbox.device()
        for name in try outbox.sweep() {
            observer.note("Removed what an interrupted job left in staging: \(name.display).")
        }
        let queue = executor.queue
        alarm = Alarm(on: queue) { [weak self] in self?.assumeIsolated { $0.tick() } }
        openWatch()
        isStarted = true
        reconcile()
        // Whoever asks right after the start is told how it is.
        nextHealth = MonotonicClock.now
        reportHealth(at: MonotonicClock.now)
        rearm()
    }

    /// Takes another configuration; the folders stay as they are, and running jobs go on.
    public func reload(_ new: SupervisorConfiguration) {
        var new = new
        new.inbox = configuration.inbox
        new.outbox = configuration.outbox
        let rewatch = new.watch != configuration.watch
        configuration = new
        rules = IgnoreRules(patterns: new.ignore)
        if rewatch {
            watch = TreeWatch(inbox: inbox, mode: new.watch)
            openWatch()
        }
        for path in jobs.keys where jobs[path]?.manifest.status == .pending { enqueue(path) }
        reconcile()
        rearm()
    }

    /// Stops every worker, puts their jobs back into the queue, and returns when all is still.
    public func stop() async {
        isStopping = true
        let now = MonotonicClock.now
        for run in runs.values { run.stop(.shutdown, killAt: now + configuration.stopTimeout) }
        rearm()
        if !runs.isEmpty { await withCheckedContinuation { stopWaiters.append($0) } }
        alarm?.set(after: nil)
        watchSource?.cancel()
    }

    /// Answers as soon as the queue is free: proof that the supervisor is alive.
    public func ping() {}

    /// Does everything that is due; never waits.
    func tick() {
        let now = MonotonicClock.now
        guard isStarted else { return }
        for (path, due) in agenda.sorted(by: { $0.value < $1.value }) where due <= now {
            agenda[path] = nil
            attend(path, at: now)
            // Thousands of files may settle at once: give way to workers' ends, and to the watchdog.
            if MonotonicClock.now - now > 0.2 { break }
        }
        dropOrphans(at: now)
        superviseRuns(at: now)
        writeAgain(at: now)
        if !isStopping {
            if now >= nextReconcile { reconcile() }
            if watch.isPolling, now >= nextPoll { poll(at: now) }
            schedule()
        }
        reportHealth(at: now)
        rearm()
    }

    /// Sets the alarm for whatever is due first.
    func rearm() {
        var due = agenda.values.min() ?? .infinity
        for run in runs.values {
            due = min(due, run.killAt ?? .infinity, run.lastSign + configuration.stallTimeout)
        }
        for orphan in orphans.values { due = min(due, orphan.until) }
        if !isStopping {
            due = min(due, nextReconcile, watch.isPolling ? nextPoll : .infinity, blockedUntil ?? .infinity)
        }
        due = min(due, nextHealth ?? .infinity, nextRewrite ?? .infinity)
        alarm?.set(after: due == .infinity ? nil : max(0.02, due - MonotonicClock.now))
    }

    /// Notes when a job has to be looked after next, from what it waits for.
    func plan(_ path: FilePath) {
        guard let job = jobs[path] else {
            agenda[path] = nil
            return
        }
        var due = Double.infinity
        if let gone = job.goneSince { due = min(due, gone + Self.renameGrace) }
        if let check = job.checkAt { due = min(due, check) }
        if let request = job.requestAt { due = min(due, request) }
        if let manifest = job.manifestAt { due = min(due, manifest) }
        if !job.isAnnounced, let tracker = job.tracker { due = min(due, tracker.firstSeen + announceDelay) }
        if job.manifest.status == .failed, let next = job.manifest.nextAttemptAt {
            due = min(due, MonotonicClock.now + max(0, next.seconds(since: .now)))
        }
        agenda[path] = due == .infinity ? nil : due
    }

    /// The two halves of a rename are reported together; this is how long the second may take.
    static let renameGrace = 0.3

    /// Short-lived names (temporary files of programs nobody has heard of) get no manifest.
    var announceDelay: Double { min(1, configuration.settleTime / 2) }

    private func openWatch() {
        watchSource = watch.descriptor.map { descriptor in
            ReadSource(descriptor, on: executor.queue) { [weak self] in
                self?.assumeIsolated { $0.readWatch() }
            }
        }
    }

    private func readWatch() {
        take(watch.drain())
        schedule()
        rearm()
    }
}
