internal import MomentsCore
internal import MomentsSettings
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers

extension SupervisorConfiguration {
    /// Takes what the supervisor needs from the settings.
    init(_ settings: Settings, judge: Judge?, transcriber: Transcriber?) {
        self.init(
            inbox: settings.folders.inbox,
            outbox: settings.folders.outbox,
            state: settings.folders.state,
            worker: WorkerCommand.words(launcher: settings.workers.launcher, program: settings.workers.program)
        ) { (request, folder) throws(JobError) in try settings.resolve(request: request, folderPreset: folder) }
        settleTime = settings.intake.settleTime
        giveUpAfter = settings.intake.giveUpAfter
        stalledAfter = settings.intake.stalledAfter
        afterSuccess = settings.intake.afterSuccess
        afterFailure = settings.intake.afterFailure
        archive = settings.folders.archive
        quarantine = settings.folders.quarantine
        outboxSize = settings.storage.outboxSize
        retention = settings.storage.retention
        order = QueueOrder(rawValue: settings.workers.order.rawValue) ?? .fair
        let shares = settings.sharing
        sharing = Sharing(
            by: shares.by,
            limits: OwnerLimits(
                running: shares.running,
                bytes: shares.size,
                seconds: shares.duration?.inSeconds
            )
        )
        hours = settings.workers.hours
        watch = WatchMode(rawValue: settings.intake.watch.rawValue) ?? .auto
        pollInterval = settings.intake.pollInterval
        reconcileInterval = settings.intake.reconcileInterval
        ignore = settings.intake.ignore
        knowsCompanions = settings.intake.companions == .auto
        linksDuplicates = settings.intake.duplicates == .skip
        workers = settings.workers.count
        memory = settings.workers.memory
        sandbox = settings.workers.sandbox
        models = settings.modelFolders
        self.judge = judge
        self.transcriber = transcriber
        stallTimeout = settings.workers.stallTimeout
        stopTimeout = settings.workers.stopTimeout
        presetNames = settings.presetNames()
    }
}
