internal import Glibc
internal import MomentsCore
internal import MomentsGallery
internal import MomentsSettings
internal import MomentsStatus
internal import MomentsStore
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsSystemd
internal import MomentsWatch
internal import MomentsWorkers

/// The service as a whole: what starts in which order, what a signal does, what stops in which order.
enum Daemon {
    /// Runs the service until it is told to stop.
    ///
    /// - Parameters:
    ///   - file: The main configuration file; nil for the one of the system.
    ///   - signals: What it is told from outside.
    /// - Returns: The program's exit status.
    static func run(configuration file: FilePath?, _ signals: Signals) async -> CInt {
        let journal = Journal(identifier: "momentsd")
        let notifier = Notifier()
        do {
            let settings = try load(file, journal)
            try FolderRules.check(settings)
            return try await serve(settings, file, signals, journal, notifier)
        } catch let error as SettingsError {
            return fail("\(error)", ExitCode.configuration, journal, notifier)
        } catch let error as FolderRules.Violation {
            return fail("\(error)", ExitCode.configuration, journal, notifier)
        } catch {
            return fail("\(error)", ExitCode.failure, journal, notifier)
        }
    }

    private static func serve(
        _ first: Settings,
        _ file: FilePath?,
        _ signals: Signals,
        _ journal: Journal,
        _ notifier: Notifier
    ) async throws -> CInt {
        var settings = first
        let folders = settings.folders
        try Folder.make(folders.state)
        let stateLock = try FolderLock(folder: folders.state, purpose: "The state folder \(folders.state.display)")

        let board = StatusBoard(version: Version.text)
        let gauge = FreeSpaceGauge(folders)
        board.set(freeSpace: { gauge.measure() })
        let status = StatusPublisher(board: board, settings: settings)
        let hooks = HookPublisher(settings: settings, configuration: file, journal: journal)
        let gallery = GalleryKeeper(outbox: Outbox(root: folders.outbox), isOn: settings.gallery) { sentence in
            journal.write(sentence, kind: .problem)
        }
        var judge = try Judge.make(settings)
        var transcriber = try Transcriber.make(settings)
        // What a killed service left; where it cannot be removed the service starts all the same.
        do { try Folder.removeTree(Engines.folder(folders)) } catch {
            journal.write("What commands left behind in the state folder stays there: \(error).", kind: .problem)
        }
        var engines = Engines.make(settings)
        let supervisor = Supervisor(
            SupervisorConfiguration(settings, judge: judge, transcriber: transcriber, engines: engines),
            observers: [
                status, JournalPublisher(journal: journal, notifier: notifier, outbox: folders.outbox),
                GalleryPublisher(gallery), hooks,
            ]
        )
        WorkerFamily.adopt()
        let watchdog = Watchdog(supervisor.queue, notifier)
        try await supervisor.start()
        gallery.open()
        let server = try StatusServer(
            board: board,
            socket: settings.status.socket,
            mode: settings.status.mode,
            group: settings.status.group,
            listening: ListeningSockets.take().unixStream(named: "momentsd.socket")
        )
        notifier.ready()
        journal.write("momentsd \(Version.text) watches \(folders.inbox).", kind: .serviceStarted)
        watchdog.started()

        for await wish in signals.wishes {
            if wish == .stop { break }
            notifier.reloading()
            do {
                let new = try load(file, journal)
                if new.folders != settings.folders || new.status != settings.status {
                    journal.write("Changed folders and sockets take effect with the next start.", kind: .settingsNote)
                }
                if new.judge != settings.judge {
                    var wanted = new
                    wanted.folders = folders
                    judge = try Judge.make(wanted)
                }
                if new.transcript != settings.transcript {
                    var wanted = new
                    wanted.folders = folders
                    transcriber = try Transcriber.make(wanted)
                }
                let hasOtherEngines =
                    (new.voice, new.planner) != (settings.voice, settings.planner)
                    || new.generators != settings.generators
                settings = new
                settings.folders = folders
                if hasOtherEngines { engines = Engines.make(settings) }
                status.take(settings)
                gallery.use(settings.gallery)
                hooks.take(settings)
                await supervisor.reload(
                    SupervisorConfiguration(settings, judge: judge, transcriber: transcriber, engines: engines)
                )
                journal.write("The configuration was read again.")
            } catch { await supervisor.refuseSettings("\(error)") }
            notifier.ready()
        }

        notifier.stopping()
        notifier.extendTimeout(by: settings.workers.stopTimeout + .seconds(10))
        journal.write("momentsd stops; unfinished jobs go on with the next start.", kind: .serviceStopping)
        await supervisor.stop()
        await gallery.finish()
        await hooks.stop()
        // A judge that nobody waits for any more is being ended.
        judge?.waitUntilIdle()
        transcriber?.waitUntilIdle()
        engines.waitUntilIdle()
        withExtendedLifetime(watchdog) {}
        server.stop()
        // The lock is given up last, when nobody writes any more.
        withExtendedLifetime(stateLock) {}
        return 0
    }

    private static func load(_ file: FilePath?, _ journal: Journal) throws(SettingsError) -> Settings {
        let (settings, notes) = try Settings.load(file)
        for note in notes { journal.write(note, kind: .settingsNote) }
        return settings
    }

    private static func fail(_ text: String, _ code: CInt, _ journal: Journal, _ notifier: Notifier) -> CInt {
        journal.write(text, kind: .problem)
        notifier.status(text)
        return code
    }
}
