internal import MomentsCore
internal import MomentsSettings
internal import MomentsStatus
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsSystemd
internal import MomentsWatch
internal import Synchronization

/// Tells the outside what the supervisor does: status board, journal, and the service manager's status line.
final class Narrator: JobObserver {
    private let board: StatusBoard
    private let journal: Journal
    private let notifier: Notifier
    private let folders: Settings.Folders
    /// What this machine's kernel lacks to shut workers in; it stays so until the next start.
    private let gaps = Sandbox.offered.gaps
    private let state = Mutex(State())

    private struct State {
        var statuses: [String: JobStatus] = [:]
        var troubles: [String] = []
        var workers = 1
        var sandbox = SandboxPolicy.best
        /// When the service manager was last told that a long look gets on, on the monotonic clock.
        var lastSign = 0.0
    }

    init(board: StatusBoard, journal: Journal, notifier: Notifier, settings: Settings) {
        self.board = board
        self.journal = journal
        self.notifier = notifier
        folders = settings.folders
        take(settings)
    }

    /// Takes what `/presets`, `/formats` and `/health` tell of the configuration.
    func take(_ settings: Settings) {
        state.withLock { ($0.workers, $0.sandbox) = (settings.workers.count, settings.workers.sandbox) }
        let presets = settings.presetNames().compactMap { name in
            settings.options(ofPreset: name).map { ServiceCatalog.Preset(name: name, options: $0) }
        }
        board.set(
            catalog: ServiceCatalog(limits: settings.options.limits, presets: presets, defaultPreset: settings.preset)
        )
    }

    func jobChanged(_ manifest: Manifest, event: JobEvent?) {
        board.set(manifest, event: event)
        let before = state.withLock { $0.statuses.updateValue(manifest.status, forKey: manifest.jobID) }
        if case .note(let text) = event { write("\(name(manifest)): \(text)", manifest, kind: nil) }
        guard before != manifest.status else { return }
        // What was over before this daemon began is no news.
        if before == nil, manifest.status.isFinal { return }
        narrate(manifest)
    }

    func jobRemoved(_ jobID: String) {
        board.remove(jobID: jobID)
        state.withLock { _ = $0.statuses.removeValue(forKey: jobID) }
    }

    func progressed() {
        let now = MonotonicClock.now
        let isDue = state.withLock { state in
            guard now - state.lastSign >= 1 else { return false }
            state.lastSign = now
            return true
        }
        guard isDue else { return }
        // While it starts, the one counts; once it runs, the other.
        notifier.extendTimeout(seconds: 60)
        notifier.watchdog()
    }

    func note(_ text: String) { journal.write(text) }

    func problem(_ text: String) { journal.write(text, kind: .problem) }

    func workerSaid(_ line: String, job: Manifest) {
        let entry = JournalEntry(
            "moments-worker: \(line)",
            level: .info,
            job: job.jobID,
            source: job.source.path,
            stage: job.stages.first { $0.status == .running }?.name
        )
        journal.write(entry)
    }

    func healthChanged(_ health: SupervisorHealth) {
        let (workers, policy) = state.withLock { state in
            for solved in state.troubles where !health.troubles.contains(solved) {
                journal.write("This is over: \(solved)", kind: .problemSolved)
            }
            state.troubles = health.troubles
            return (state.workers, state.sandbox)
        }
        notifier.status(Self.line(for: health))
        board.set(
            health: HealthReport(
                status: Self.status(of: health, gaps: gaps, policy),
                reasons: health.troubles + gaps,
                watch: health.watch.map { report in
                    HealthReport.Watch(
                        folder: folders.inbox.appending(report.folder),
                        mode: report.mode.rawValue,
                        reason: report.reason
                    )
                },
                activeJobs: health.active.count,
                queue: health.count(.pending),
                workers: workers
            )
        )
    }

    /// The condition in one word; a sandbox with gaps lets nothing be done where it is required.
    private static func status(of health: SupervisorHealth, gaps: [String], _ policy: SandboxPolicy)
        -> HealthReport.Status
    {
        if health.isStuck || !gaps.isEmpty && policy == .required { return .unhealthy }
        return health.troubles.isEmpty && gaps.isEmpty ? .healthy : .degraded
    }

    /// The service manager's status line, such as "2 arriving, 1 waiting, render beach.mp4 63 %, 7 done, 0 failed".
    static func line(for health: SupervisorHealth) -> String {
        let active = health.active.map { job in
            "\(job.stage.isEmpty ? "start" : job.stage) \(job.name.display) \(Int(job.progress)) %"
        }
        let numbers =
            ["\(health.count(.uploading)) arriving", "\(health.count(.pending)) waiting"] + active
            + ["\(health.count(.completed)) done", "\(health.count(.failed)) failed"]
        return (health.troubles.prefix(1) + [numbers.joined(separator: ", ")]).joined(separator: " ")
    }

    private func narrate(_ manifest: Manifest) {
        let name = name(manifest)
        switch manifest.status {
        case .uploading: break
        case .pending: write("\(name) has arrived whole and waits for a worker.", manifest, kind: .jobAccepted)
        case .processing:
            write("\(name) is being worked on (attempt \(manifest.attempts)).", manifest, kind: .jobStarted)
        case .completed:
            let place =
                manifest.result?.folder.map { "; its result is in \(folders.outbox.appending($0).display)" } ?? ""
            write("\(name): \(manifest.message)\(place).", manifest, kind: .jobCompleted)
        case .failed:
            let again = manifest.nextAttemptAt.map { " It is tried again at \($0)." } ?? ""
            write("\(manifest.message)\(again)", manifest, kind: again.isEmpty ? .jobFailed : .jobRetry)
        case .cancelled: write("\(name) was removed; its job is cancelled.", manifest, kind: .jobCancelled)
        }
    }

    private func name(_ manifest: Manifest) -> String { "'\(manifest.source.path.display)'" }

    private func write(_ message: String, _ manifest: Manifest, kind: MessageKind?) {
        journal.write(
            JournalEntry(
                message,
                kind: kind,
                job: manifest.jobID,
                source: manifest.source.path,
                stage: manifest.stages.first { $0.status == .running || $0.status == .failed }?.name,
                error: manifest.error?.kind
            )
        )
    }
}
