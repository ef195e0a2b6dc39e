internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStatus
internal import MomentsStore
internal import MomentsSystem
internal import MomentsSystemd

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
        let folders = first.folders
        try Folder.make(folders.state)
        let stateLock = try FolderLock(folder: folders.state, purpose: "The state folder \(folders.state.display)")
        var service = try Service(first, file, journal, notifier)
        let server = try await service.start()
        notifier.ready()
        journal.write("momentsd \(Version.text) watches \(folders.inbox).", kind: .serviceStarted)
        service.started()

        for await wish in signals.wishes {
            if wish == .stop { break }
            notifier.reloading()
            do { try await service.take(try load(file, journal)) } catch { await service.refuse("\(error)") }
            notifier.ready()
        }

        notifier.stopping()
        notifier.extendTimeout(by: service.stopTimeout)
        journal.write("momentsd stops; unfinished jobs go on with the next start.", kind: .serviceStopping)
        await service.stop()
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
