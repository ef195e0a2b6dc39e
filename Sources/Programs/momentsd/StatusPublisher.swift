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
    /// What the supervisor told last, and the configuration by which it is told on.
    private let known: Mutex<(settings: Settings, health: SupervisorHealth?)>

    init(board: StatusBoard, settings: Settings) {
        self.board = board
        inbox = settings.folders.inbox
        known = Mutex((settings, nil))
        take(settings)
    }

    /// Takes what `/presets`, `/formats` and `/health` tell of the configuration.
    func take(_ settings: Settings) {
        // Told while nobody else tells, so that what was known later is never overtaken.
        known.withLock {
            $0.settings = settings
            if let health = $0.health { tell(health, by: settings) }
        }
        let presets = settings.presetNames().compactMap { name in
            settings.options(ofPreset: name).map { ServiceCatalog.Preset(name: name, options: $0) }
        }
        board.set(
            catalog: ServiceCatalog(
                limits: settings.options.limits,
                presets: presets,
                defaultPreset: settings.preset,
                styles: settings.styles.entries.map {
                    .init(name: $0.name, base: $0.style?.flavour, file: $0.file, reason: $0.trouble)
                },
                defaultStyle: settings.options.style,
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
        known.withLock {
            $0.health = health
            tell(health, by: $0.settings)
        }
    }

    private func tell(_ health: SupervisorHealth, by settings: Settings) {
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
                networkEngines: Self.networkEngines(of: settings),
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

    /// The programs, apart from the judge, by which words or pictures may leave this machine.
    private static func networkEngines(of settings: Settings) -> [HealthReport.NetworkEngine] {
        let (engines, subjects) = (settings.engines, settings.subjects)
        let named = [
            ("Voice", engines.voice.command, engines.voice.network),
            ("Planner", engines.planner.command, engines.planner.network),
            ("Subjects", subjects.describe, subjects.describeNetwork),
        ]
        let all = named + engines.generators.map { ("Generator \($0.name)", $0.command, $0.network) }
        return all.compactMap { section, command, network in
            guard network, let program = command.first else { return nil }
            return HealthReport.NetworkEngine(section: section, program: Escaping.excerpt(program))
        }
    }
}
