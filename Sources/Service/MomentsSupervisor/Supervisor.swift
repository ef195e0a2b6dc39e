internal import MomentsCore
internal import MomentsStore
public import MomentsSystem
package import MomentsWatch

/// Owns every job: notices videos, waits until they are whole, runs workers, publishes, retries, cancels.
///
/// The truth is what stands in the inbox and in the manifests there; events only say where to look. All state belongs to
/// one queue, on which nothing may block for long.
public actor Supervisor {
    // A share whose server hangs costs five seconds once; watchdog and status are not to wait for it.
    nonisolated let executor = QueueExecutor(label: "momentsd.supervisor", patience: 5)
    /// The supervisor's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    /// The same; what it does in time shows that the supervisor is alive.
    public nonisolated var queue: SerialQueue { executor.queue }

    var configuration: SupervisorConfiguration
    let observer: any JobObserver
    let inbox: Beneath
    let store: ManifestStore
    let outbox: Outbox
    let inboxGuard: FolderGuard
    let outboxGuard: FolderGuard
    let disk = DiskQueue("momentsd.disk")
    let readers = DiskQueue("momentsd.readers")
    var rules: IgnoreRules
    var watch: TreeWatch
    var history: JobHistory
    let known: KnownResults

    /// The jobs by their video's path below the inbox.
    var jobs = JobTable()
    /// The videos that wait for a worker.
    var line = WaitingLine()
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

    var pace = PollingPace()
    var nextReconcile = 0.0
    /// When everything is listed, whatever the folders' times say.
    var nextListing = 0.0
    var nextPoll = 0.0
    var nextGuard = 0.0
    var nextRunLook = 0.0
    /// How long to wait before the next look at folders that could not be listed, in seconds.
    var doubtPause = 0.0
    var nextHealth: Double?
    var nextRewrite: Double?
    var nextFlush: Double?
    var nextHours = 0.0
    var nextTidying = 0.0
    /// Videos whose manifest could not be written.
    var unwritten: Set<FilePath> = []
    /// Manifests that stay until their copies under a new name are on the disk; the jobs they belong to.
    var moved: [FilePath: String] = [:]
    var lastHealth = SupervisorHealth()
    /// Whether a manifest was ever written: an inbox that only may be read is told from a disk that fails by it.
    var hasWritten = false
    var room = RoomWanted()
    var blockedUntil: Double?
    var wantsSchedule = false
    /// Whether it is outside the working hours.
    var isResting = false
    var isStarted = false
    /// Whether everything was listed once.
    var hasListed = false
    /// Whether the inbox takes names of another case for the same, as FAT and most servers do.
    var foldsCase = false
    /// Manifests without a video that are none of ours, as they were when they were read.
    var foreign: [FilePath: FileStatus] = [:]
    var isStopping = false
    var stopBy = Double.infinity
    var stopWaiters: [CheckedContinuation<Void, Never>] = []

    var alarm: Alarm?
    var mounts: MountWatch?
    private var watchSource: ReadSource?

    /// A manifest without its video.
    struct Orphan {
        var manifest: Manifest
        var until: Double
    }

    /// Makes a supervisor that does nothing yet.
    public init(_ configuration: SupervisorConfiguration, observer: any JobObserver) {
        self.configuration = configuration
        self.observer = observer
        inbox = Beneath(configuration.inbox)
        store = ManifestStore(inbox: inbox)
        outbox = Outbox(root: configuration.outbox)
        let (state, inboxMark) = (configuration.state, IgnoreRules.inboxMark)
        inboxGuard = FolderGuard(configuration.inbox, mark: inboxMark, purpose: "inbox", state: state)
        outboxGuard = FolderGuard(configuration.outbox, mark: Outbox.mark, purpose: "outbox", state: state)
        rules = IgnoreRules(patterns: configuration.ignore)
        watch = TreeWatch(inbox: inbox, mode: configuration.watch)
        history = JobHistory(file: state.appending("history.jsonl"))
        known = KnownResults(file: state.appending("results.jsonl"))
    }

    /// Locks the folders, watches the inbox, recovers what an earlier daemon left, and begins to work.
    ///
    /// When it returns, no arrival is missed any more. Folders that are not there are waited for.
    ///
    /// - Throws: `LockError` when another daemon has one of the folders.
    public func start() throws {
        Patience.use([configuration.inbox, configuration.outbox, configuration.state])
        for place in [inboxGuard, outboxGuard] { place.makeIfNew() }
        do { _ = try outboxGuard.check() } catch .held(let error) { throw error } catch {}
        do { _ = try inboxGuard.check() } catch .held(let error) { throw error } catch {}
        foldsCase = inbox.foldsCase(of: IgnoreRules.inboxMark)
        let queue = executor.queue
        alarm = Alarm(on: queue) { [weak self] in self?.assumeIsolated { $0.tick() } }
        mounts = try? MountWatch(on: queue) { [weak self] in self?.assumeIsolated { $0.mountsChanged() } }
        openWatch()
        isStarted = true
        observeHours(at: MonotonicClock.now)
        _ = isOutboxThere(at: MonotonicClock.now)
        reconcile()
        // Whoever asks right after the start is told how it is.
        nextHealth = MonotonicClock.now
        reportHealth(at: MonotonicClock.now)
        rearm()
    }

    /// Takes another configuration; the folders stay as they are, and running jobs go on.
    public func reload(_ new: SupervisorConfiguration) {
        var new = new
        (new.inbox, new.outbox, new.state) = (configuration.inbox, configuration.outbox, configuration.state)
        let rewatch = new.watch != configuration.watch
        configuration = new
        rules = IgnoreRules(patterns: new.ignore)
        if rewatch {
            watch = TreeWatch(inbox: inbox, mode: new.watch)
            openWatch()
        }
        line.clear()
        for path in jobs.keys {
            switch jobs[path]?.manifest.status {
            case .pending: enqueue(path)
            case .failed: retryUnderOtherOptions(path)
            case .uploading:
                let settlesAt = jobs[path]?.tracker?.settlesAt
                jobs[path]?.checkAt = settlesAt
                plan(path)
            default: break
            }
        }
        observeHours(at: MonotonicClock.now)
        nextTidying = 0
        reconcile()
        rearm()
    }

    /// Stops every worker, puts their jobs back into the queue, and returns when all is still and the folders are free.
    public func stop() async {
        isStopping = true
        let now = MonotonicClock.now
        for run in runs.values { run.stop(.shutdown, killAt: now + configuration.stopTimeout) }
        rearm()
        // A disk that hangs is not waited for: what is unfinished is recovered at the next start.
        stopBy = now + configuration.stopTimeout + 5
        rearm()
        if !runs.isEmpty { await withCheckedContinuation { stopWaiters.append($0) } }
        if runs.isEmpty { await flushMoved() }
        alarm?.set(after: nil)
        mounts = nil
        watchSource?.cancel()
        inboxGuard.release()
        outboxGuard.release()
    }

    /// Follows hints as if the kernel had given them; for tests that lose, double and reorder them.
    package func hear(_ hints: [WatchHint]) {
        take(hints)
        rearm()
    }

    /// Compares everything with everything at once; for tests.
    package func compare() {
        reconcile()
        rearm()
    }

    private func openWatch() {
        watchSource = watch.descriptor.map { descriptor in
            ReadSource(descriptor, on: executor.queue) { [weak self] in
                self?.assumeIsolated { $0.readWatch() }
            }
        }
    }

    private func readWatch() {
        take(watch.drain())
        rearm()
    }
}
