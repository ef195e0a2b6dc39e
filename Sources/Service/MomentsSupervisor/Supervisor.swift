internal import MomentsCore
internal import MomentsStore
public import MomentsSystem
package import MomentsWatch
internal import MomentsWorkers

/// Owns every job: notices videos, waits until they are whole, runs workers, publishes, retries, cancels.
///
/// The truth is what stands in the inbox and in the manifests there; events only say where to look. What follows from
/// what is found is decided by values that know no clock and touch no file; this actor asks them, and has done what they
/// say. Its thread does no I/O: `reader` looks at the folders, `queues` read and write; whatever hangs there, the actor
/// answers.
public actor Supervisor {
    nonisolated let executor = QueueExecutor(label: "momentsd.supervisor")
    /// The supervisor's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    /// The same; what it does in time shows that the supervisor is alive.
    public nonisolated var queue: SerialQueue { executor.queue }

    /// Whether it runs.
    enum Life {
        case new
        case running
        case stopping
        case over
    }

    let observers: JobObservers
    let places: Places
    let reader: FolderReader
    let queues: DiskQueues
    let manifests: ManifestKeeper

    var configuration: SupervisorConfiguration
    var life = Life.new
    private var waiters = StillnessWaiters()
    /// The jobs by their video's path below the inbox.
    var jobs = JobTable()
    var agenda = Agenda<Deadline, Moment>()
    var problems = Problems()
    var intake = Intake()
    var tracker = InboxTracker()
    var scans = ScanSchedule()
    var scheduler: JobScheduler
    var writer = ManifestWriter()
    var reports: HealthReporter
    var albumNotices = AlbumNotices()
    var requestNotices = RequestNotices()
    private var signals: (alarm: Alarm, mounts: MountWatch?)?

    /// Makes a supervisor that does nothing yet; it reads what is remembered in the state folder.
    public init(_ configuration: SupervisorConfiguration, observers: [any JobObserver]) {
        self.configuration = configuration
        self.observers = JobObservers(observers)
        let (state, inbox) = (configuration.state, RootedDirectory(configuration.inbox))
        places = Places(
            inbox: inbox,
            store: ManifestStore(inbox: inbox),
            outbox: Outbox(root: configuration.outbox),
            ledger: Ledger(file: state.appending("ledger.jsonl")),
            known: KnownResults(file: state.appending("results.jsonl")),
            departures: Departures(folder: state.appending("leaving")),
            tastes: TasteDesk(store: TasteStore(folder: state.appending("taste")), inbox: inbox),
            turns: state.appending("owners.json")
        )
        scheduler = JobScheduler(turns: places.turns, history: JobHistory(file: state.appending("history.jsonl")))
        queues = DiskQueues(places: places)
        manifests = ManifestKeeper(inbox: inbox, store: places.store, queue: queues.keeper)
        reports = HealthReporter()
        let queue = executor.queue
        let relay = EventRelay<Supervisor>()
        reader = FolderReader(configuration, places.ledger) { events in
            queue.async { relay.owner?.assumeIsolated { $0.hear(events) } }
        }
        relay.owner = self
    }

    /// Locks the folders, watches the inbox, recovers what an earlier daemon left, and begins to work.
    ///
    /// When it returns, no arrival is missed any more. Folders that are not there are waited for.
    ///
    /// - Throws: `LockError` when another daemon has one of the folders.
    public func start() async throws {
        let folders = [configuration.inbox, configuration.outbox, configuration.state]
        await queues.comparer.run { IOTimeout.use(folders) }
        let queue = executor.queue
        try await reader.open { [self] in queue.async { self.assumeIsolated { $0.foldersMayHaveMoved() } } }
        let alarm = Alarm(on: queue) { [weak self] in self?.assumeIsolated { $0.tick() } }
        let mounts = try? MountWatch(on: queue) { [weak self] in self?.assumeIsolated { $0.mountsChanged() } }
        signals = (alarm, mounts)
        life = .running
        observeHours(at: .now)
        scheduler.share(configuration.sharing, &jobs)
        agenda[.tidying] = .now
        let outbox = places.outbox
        if await !queues.keeper.run({ outbox.protectStaging() }) {
            let place = outbox.root.display
            observers.note("Others may replace folders in the outbox \(place); set its sticky bit (chmod +t).")
        }
        intake.isBusy = true
        await lookThroughEverything()
        intake.isBusy = false
        await settle()
        // Whoever asks right after the start is told how it is.
        reportHealth()
        rearm()
    }

    /// Takes another configuration; the folders stay as they are, and running jobs go on.
    public func reload(_ new: SupervisorConfiguration) async {
        var new = new
        (new.inbox, new.outbox, new.state) = (configuration.inbox, configuration.outbox, configuration.state)
        let rewatch = new.watch != configuration.watch
        configuration = new
        clear(.settings)
        await reader.reload(new, rewatch: rewatch)
        scheduler.line.clear()
        scheduler.share(new.sharing, &jobs)
        for path in jobs.keys {
            let request = await reader.request(path)
            change(path) { $0.reconfigure(request) }
        }
        observeHours(at: .now)
        tidy(at: .now)
        intake.add(.everything)
        pump()
        rearm()
    }

    /// Says that the configuration was changed and cannot be used, until one that can be is taken.
    public func refuseSettings(_ reason: String) {
        raise(.settings, "The changed configuration cannot be used and the old one goes on: \(reason)")
        rearm()
    }

    /// Stops every worker, puts their jobs back into the queue, and returns when all is still and the folders are free.
    public func stop() async {
        life = .stopping
        for run in scheduler.pool.all { scheduler.pool.stop(run.jobID, .shutdown, grace: configuration.stopTimeout) }
        // A disk that hangs is not waited for: what is unfinished is recovered at the next start.
        agenda[.stop] = .now + configuration.stopTimeout + .seconds(5)
        rearm()
        await settle()
        await flushMoved()
        life = .over
        signals = nil
        await reader.close()
    }

    /// Waits until every manifest stands that has to by now, not those of what is noticed meanwhile; once it stops, until
    /// all do, and no worker is at work either, or the time for it is over.
    private func settle() async {
        await withCheckedContinuation { continuation in
            waiters.add(continuation, mark: life == .running ? writer.wanted : nil)
            resumeIfStill()
        }
    }

    /// Lets those go on who wait for stillness.
    func resumeIfStill(isLate: Bool = false) {
        let isIdle = writer.isIdle && (life == .running || scheduler.pool.isEmpty)
        waiters.resume(over: writer.over, isStill: isLate || isIdle)
    }

    /// Whether new work may begin.
    var isRunning: Bool { life == .running }

    /// Follows reports as if the kernel had given them.
    package func hear(_ events: [WatchEvent]) {
        intake.add(events)
        pump()
    }

    /// Compares everything with everything at once, and returns once it has; for tests.
    package func compare() async {
        intake.add(.everything)
        pump()
        while intake.isBusy, isRunning { await queues.keeper.run {} }
    }

    /// Sets the alarm for whatever is due first.
    func rearm() {
        startNext()
        guard let alarm = signals?.alarm else { return }
        alarm.set(after: agenda.nextLook.map { $0 - Moment.now })
    }

    /// Runs work on another thread, and goes on here with what came of it.
    func later<Result: Sendable>(
        on queue: SerialQueue,
        _ work: @escaping @Sendable () -> Result,
        then: @escaping @Sendable (isolated Supervisor, Result) -> Void
    ) {
        let own = executor.queue
        queue.async {
            let result = work()
            own.async {
                self.assumeIsolated { supervisor in
                    then(supervisor, result)
                    supervisor.rearm()
                }
            }
        }
    }

    /// Takes in whether inbox and outbox are there.
    func take(_ check: FoldersCheck) {
        let isWell = problems.isEmpty
        if let reason = check.inbox {
            pauseInbox(reason)
        } else {
            // Back under another number, or there for the first time: everything has to be looked at.
            if check.isInboxNew || problems.has(.inbox) {
                scans.wantListing()
                if scans.hasListed { intake.add(.everything) }
                scheduler.line.isWanted = true
            }
            clear(.inbox)
        }
        if let reason = check.outbox {
            raise(.outbox, reason)
            scheduler.line.block(until: .now + min(.seconds(5), configuration.reconcileInterval))
            agenda[.schedule] = scheduler.line.blockedUntil
        } else {
            clear(.outbox)
            if check.isOutboxNew { sweep() }
        }
        if !isWell, problems.isEmpty { scheduler.line.isWanted = true }
        let isTold = check.areFollowed && isGuardedByKernel
        agenda[.folders] = isTold ? nil : .now + min(.seconds(10), configuration.reconcileInterval)
    }

    /// Notes that the inbox cannot be used at this moment.
    func pauseInbox(_ reason: String) {
        raise(.inbox, reason)
        agenda.bring(.reconcile, to: .now + min(.seconds(2), configuration.reconcileInterval))
        scans.wantListing()
    }

    /// Takes in that inbox or outbox may be somewhere else.
    func foldersMayHaveMoved() {
        intake.add(.folders)
        pump()
    }

    /// Takes in that something was mounted or unmounted, perhaps over one of our folders.
    func mountsChanged() {
        // Others come and go without end on some machines.
        guard IOTimeout.update() else { return }
        intake.add(.folders)
        if !problems.has(.inbox), !problems.folders.isEmpty { intake.add(.everything) }
        pump()
    }

    /// Whether the kernel tells when something else comes in the place of one of our folders: not on shares, and not
    /// where a link leads to it.
    private var isGuardedByKernel: Bool {
        problems.isEmpty
            && [configuration.inbox, configuration.outbox].allSatisfy { folder in
                !IOTimeout.isNeeded(at: folder) && !IOTimeout.isByLink(folder)
            }
    }

    /// Takes in how the inbox is watched now.
    func tellWatch() async {
        var state = await reader.watchState()
        for text in state.notes { observers.problem(text) }
        state.notes = []
        if state != reports.watch { healthMayHaveChanged() }
        reports.watch = state
        agenda[.canaries] = state.canaryDue
        if !state.isPolling {
            agenda[.poll] = nil
        } else if agenda[.poll] == nil {
            agenda[.poll] = .now + scans.pollPause(configuration.pollInterval, isBusy: true)
        }
    }

    func takeCanaries() {
        Task {
            if await reader.takeOverdueCanary() { intake.add(.everything) }
            await tellWatch()
            pump()
        }
    }

    /// Suspends the workers outside the working hours, and lets them go on inside.
    func observeHours(at now: Moment) {
        agenda[.hours] = configuration.hours.map { hours in
            // Asked again now and then, because the clock on the wall may be set.
            now + .seconds(min(30, hours.secondsToChange(from: LocalTime.secondOfDay)))
        }
        let wanted = configuration.hours.map { !$0.contains(LocalTime.secondOfDay) } ?? false
        if let sentence = scheduler.suspendWorkers(wanted) { observers.note(sentence) }
    }
}
