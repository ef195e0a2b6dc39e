internal import MomentsCore
internal import MomentsSettings
internal import MomentsStatus
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers
internal import Synchronization

/// Shows on the status board what the supervisor does.
final class StatusPublisher: JobObserver {
    private let board: StatusBoard
    private let inbox: FilePath
    /// What this machine's kernel lacks to shut workers in; it stays so until the next start.
    private let gaps = Sandbox.offered.gaps
    private let settings: Mutex<Settings>

    init(board: StatusBoard, settings: Settings) {
        self.board = board
        inbox = settings.folders.inbox
        self.settings = Mutex(settings)
        take(settings)
    }

    /// Takes what `/presets`, `/formats` and `/health` tell of the configuration.
    func take(_ settings: Settings) {
        self.settings.withLock { $0 = settings }
        let presets = settings.presetNames().compactMap { name in
            settings.options(ofPreset: name).map { ServiceCatalog.Preset(name: name, options: $0) }
        }
        board.set(
            catalog: ServiceCatalog(
                limits: settings.options.limits,
                presets: presets,
                defaultPreset: settings.preset,
                analysers: ServiceCatalog.builtInAnalysers + Self.models(settings),
                generators: EngineCommand.cards(of: settings.engines.generators.map { ($0.card, $0.command) })
            )
        )
    }

    /// The models there are, as far as their cards tell.
    private static func models(_ settings: Settings) -> [ServiceCatalog.Analyser] {
        ModelShelf.models(in: settings.modelFolders).map { model in
            ServiceCatalog.Analyser(
                name: model.name,
                capabilities: model.card?.names ?? [],
                available: model.trouble == nil,
                reason: model.trouble
            )
        }
    }

    func jobChanged(_ transition: JobTransition) { board.set(transition) }

    func jobRemoved(_ jobID: String) { board.remove(jobID: jobID) }

    func healthChanged(_ health: SupervisorHealth) {
        let settings = settings.withLock { $0 }
        let (workers, judge) = (settings.workers, settings.judge)
        board.set(
            health: HealthReport(
                status: Self.status(of: health, gaps: gaps, workers.sandbox),
                reasons: health.troubles + gaps,
                watch: health.watch.map { report in
                    HealthReport.Watch(
                        folder: inbox.appending(report.folder),
                        mode: report.mode.rawValue,
                        reason: report.reason
                    )
                },
                activeJobs: health.active.count,
                queue: health.count(.pending),
                workers: workers.count,
                judge: judge.command.first.map { .init(program: Escaping.excerpt($0), network: judge.network) },
                fairShare: health.fairShare
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
}
