internal import MomentsCore
internal import MomentsHooks
internal import MomentsSettings
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsSystemd
internal import Synchronization

/// Puts what hooks are to be told of into the spool, from which a unit of their own takes it.
final class HookPublisher: JobObserver {
    private struct State {
        var hooks: Settings.Hooks
        /// Problems of late, so that one that comes again and again is told once.
        var problems: [(text: String, at: Moment)] = []
    }

    private let spool: HookSpool
    private let folders: Settings.Folders
    private let journal: Journal
    private let attendant: HookAttendant?
    /// The disk is waited for, but never on the supervisor's queue.
    private let queue = SerialQueue(label: "momentsd.hooks")
    private let state: Mutex<State>

    /// Makes one; what waits from before is told.
    ///
    /// - Parameters:
    ///   - settings: The commands and folders.
    ///   - configuration: The file this daemon was told to read; nil for the one of the system.
    ///   - journal: Hears what goes wrong.
    init(settings: Settings, configuration: FilePath?, journal: Journal) {
        spool = HookSpool(state: settings.folders.state)
        attendant = HookAttendant(spool, configuration: configuration, journal: journal)
        attendant?.look()
        folders = settings.folders
        self.journal = journal
        state = Mutex(State(hooks: settings.hooks))
    }

    /// Takes other commands.
    func take(_ settings: Settings) { state.withLock { $0.hooks = settings.hooks } }

    /// Ends a runner of hooks that we started ourselves.
    func stop() async { await attendant?.stop() }

    func jobChanged(_ transition: JobTransition) {
        guard transition.isNews else { return }
        let job = transition.after
        switch job.status {
        case .completed: put(.complete, job.message, job)
        case .failed where job.nextAttemptAt == nil: put(.failure, job.error?.message ?? job.message, job)
        case .uploading, .pending, .processing, .failed, .cancelled: break
        }
    }

    func problem(_ text: String) {
        let isNew = state.withLock { state in
            let now = Moment.now
            state.problems.removeAll { now - $0.at > .seconds(3600) }
            guard !state.problems.contains(where: { $0.text == text }), state.problems.count < 100 else { return false }
            state.problems.append((text, now))
            return true
        }
        if isNew { put(.problem, text, nil) }
    }

    private func put(_ kind: HookKind, _ message: String, _ job: Manifest?) {
        guard state.withLock({ !$0.hooks[kind].isEmpty }) else { return }
        let event = HookEvent(kind, message, job: job, inbox: folders.inbox, outbox: folders.outbox)
        queue.async { [spool, journal, attendant] in
            do {
                if try !spool.add(event) {
                    journal.write(
                        "\(HookSpool.limit) events wait for hooks, and no more are kept; start momentsd-hook.path.",
                        kind: .problem
                    )
                }
                attendant?.look()
            } catch { journal.write("A hook will not hear of this: \(error).", kind: .problem) }
        }
    }
}
