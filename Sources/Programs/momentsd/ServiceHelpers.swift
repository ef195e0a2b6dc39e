internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// Those who work for the daemon's workers, as its configuration names them.
struct ServiceHelpers {
    private(set) var all: WorkerHelpers

    /// Makes them; what an earlier daemon's commands left in the state folder goes.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - problem: Told where it cannot be removed, which keeps nobody from starting.
    /// - Throws: `SystemError` where what they say cannot be kept.
    init(_ settings: Settings, problem: (String) -> Void) throws(SystemError) {
        do { try Folder.removeTree(Engines.folder(settings.folders)) } catch {
            problem("What commands left behind in the state folder stays there: \(error).")
        }
        all = WorkerHelpers(
            judge: try Judge.make(settings),
            transcriber: try Transcriber.make(settings),
            engines: Engines.make(settings)
        )
    }

    /// Makes those anew whose settings are others now.
    ///
    /// - Parameters:
    ///   - new: The settings to be used.
    ///   - old: Those in use.
    /// - Throws: `SystemError` as at the start; then all stay as they are.
    mutating func take(_ new: Settings, insteadOf old: Settings) throws(SystemError) {
        let hasOtherEngines = (new.engines, new.subjects) != (old.engines, old.subjects)
        all = WorkerHelpers(
            judge: new.judge == old.judge ? all.judge : try Judge.make(new),
            transcriber: new.transcript == old.transcript ? all.transcriber : try Transcriber.make(new),
            engines: hasOtherEngines ? Engines.make(new) : all.engines
        )
    }
}
