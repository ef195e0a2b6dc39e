internal import MomentsCore
internal import MomentsSettings
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers

extension SupervisorConfiguration {
    /// Takes what the supervisor needs from the settings.
    init(_ settings: Settings) {
        self.init(
            inbox: settings.folders.inbox,
            outbox: settings.folders.outbox,
            state: settings.folders.state,
            worker: WorkerCommand.words(launcher: settings.workers.launcher, program: settings.workers.program)
        ) { (request, folder) throws(JobError) in try settings.resolve(request: request, folderPreset: folder) }
        settleTime = .seconds(settings.intake.settleTime)
        giveUpAfter = .seconds(settings.intake.giveUpAfter)
        stalledAfter = .seconds(settings.intake.stalledAfter)
        afterSuccess = settings.intake.afterSuccess
        afterFailure = settings.intake.afterFailure
        archive = settings.folders.archive
        quarantine = settings.folders.quarantine
        outboxSize = settings.storage.outboxSize
        retention = settings.storage.retention.map { .seconds($0) }
        order = QueueOrder(rawValue: settings.workers.order.rawValue) ?? .fair
        hours = settings.workers.hours
        watch = WatchMode(rawValue: settings.intake.watch.rawValue) ?? .auto
        pollInterval = .seconds(settings.intake.pollInterval)
        reconcileInterval = .seconds(settings.intake.reconcileInterval)
        ignore = settings.intake.ignore
        linksDuplicates = settings.intake.duplicates == .skip
        workers = settings.workers.count
        memory = settings.workers.memory
        sandbox = settings.workers.sandbox
        stallTimeout = .seconds(settings.workers.stallTimeout)
        stopTimeout = .seconds(settings.workers.stopTimeout)
        presetNames = settings.presetNames()
    }
}
