internal import MomentsCore
internal import MomentsGallery
internal import MomentsSettings
internal import MomentsStatus
internal import MomentsStore
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsSystemd
internal import MomentsWorkers

/// What the service consists of: the supervisor, those who tell of its jobs, and those who help its workers.
struct Service {
    private let board = StatusBoard(version: Version.text)
    private let supervisor: Supervisor
    private let status: StatusPublisher
    private let hooks: HookPublisher
    private let gallery: GalleryKeeper
    private let watchdog: Watchdog
    private let journal: Journal
    private var settings: Settings
    private var helpers: ServiceHelpers

    /// Puts it together; nothing runs yet.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - file: The main configuration file; nil for the one of the system.
    ///   - journal: Told what happens.
    ///   - notifier: Tells the service manager how it is.
    /// - Throws: `SystemError` where what its helpers say cannot be kept.
    init(_ settings: Settings, _ file: FilePath?, _ journal: Journal, _ notifier: Notifier) throws(SystemError) {
        let folders = settings.folders
        let gauge = FreeSpaceGauge(folders)
        board.set(freeSpace: { gauge.measure() })
        status = StatusPublisher(board: board, settings: settings)
        hooks = HookPublisher(settings: settings, configuration: file, journal: journal)
        gallery = GalleryKeeper(outbox: Outbox(root: folders.outbox), isOn: settings.gallery) { sentence in
            journal.write(sentence, kind: .problem)
        }
        helpers = try ServiceHelpers(settings) { journal.write($0, kind: .problem) }
        supervisor = Supervisor(
            SupervisorConfiguration(settings, helpers: helpers.all),
            observers: [
                status, JournalPublisher(journal: journal, notifier: notifier, outbox: folders.outbox),
                GalleryPublisher(gallery), hooks,
            ]
        )
        watchdog = Watchdog(supervisor.queue, notifier)
        (self.settings, self.journal) = (settings, journal)
    }

    /// Starts it.
    ///
    /// - Returns: The status socket, which answers by now.
    /// - Throws: `LockError` when another daemon has one of the folders, or whatever keeps the socket from being had.
    func start() async throws -> StatusServer {
        WorkerFamily.adopt()
        try await supervisor.start()
        gallery.open()
        return try StatusServer(
            board: board,
            socket: settings.status.socket,
            mode: settings.status.mode,
            group: settings.status.group,
            listening: ListeningSockets.take().unixStream(named: "momentsd.socket")
        )
    }

    /// Takes in that the service manager was told that it runs.
    func started() { watchdog.started() }

    /// Takes another configuration; folders and sockets stay as they are.
    ///
    /// - Throws: `SystemError` where it cannot be used; the old one goes on then.
    mutating func take(_ new: Settings) async throws(SystemError) {
        if new.folders != settings.folders || new.status != settings.status {
            journal.write("Changed folders and sockets take effect with the next start.", kind: .settingsNote)
        }
        var new = new
        new.folders = settings.folders
        try helpers.take(new, insteadOf: settings)
        settings = new
        status.take(settings)
        gallery.use(settings.gallery)
        hooks.take(settings)
        await supervisor.reload(SupervisorConfiguration(settings, helpers: helpers.all))
        journal.write("The configuration was read again.")
    }

    /// Goes on with the old configuration, and says so.
    func refuse(_ reason: String) async { await supervisor.refuseSettings(reason) }

    /// How long it may take to stop.
    var stopTimeout: Duration { settings.workers.stopTimeout + .seconds(10) }

    /// Stops it, in the order in which nobody waits for somebody who is gone.
    func stop() async {
        await supervisor.stop()
        await gallery.finish()
        await hooks.stop()
        // A judge that nobody waits for any more is being ended.
        helpers.all.waitUntilIdle()
        withExtendedLifetime(watchdog) {}
    }
}
