internal import MomentsCore
internal import MomentsSettings
internal import MomentsSupervisor
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers

extension SupervisorConfiguration {
    /// Takes what the supervisor needs from the settings.
    init(_ settings: Settings, helpers: WorkerHelpers) {
        self.init(
            inbox: settings.folders.inbox,
            outbox: settings.folders.outbox,
            state: settings.folders.state,
            worker: WorkerCommand.words(launcher: settings.workers.launcher, program: settings.workers.program)
        ) { (request, folder) throws(JobError) in try settings.resolve(request: request, folderPreset: folder) }
        resolveStory = { (story, request, folder) throws(JobError) in
            try settings.resolve(story: story, request: request, folderPreset: folder)
        }
        style = { (options) throws(JobError) in try settings.style(for: options) }
        presetNames = settings.presetNames()
        self.helpers = helpers
        take(settings.intake, settings.folders)
        take(settings.workers)
        (outboxSize, retention) = (settings.storage.outboxSize, settings.storage.retention)
        models = settings.modelFolders
        let shares = settings.sharing
        sharing = Sharing(
            by: shares.by,
            limits: OwnerLimits(running: shares.running, bytes: shares.size, video: shares.duration)
        )
    }

    /// How videos come in, and where those that are done go.
    private mutating func take(_ intake: Settings.Intake, _ folders: Settings.Folders) {
        settleTime = intake.settleTime
        giveUpAfter = intake.giveUpAfter
        stalledAfter = intake.stalledAfter
        afterSuccess = intake.afterSuccess
        afterFailure = intake.afterFailure
        archive = folders.archive
        quarantine = folders.quarantine
        watch = WatchMode(rawValue: intake.watch.rawValue) ?? .auto
        pollInterval = intake.pollInterval
        reconcileInterval = intake.reconcileInterval
        ignore = intake.ignore
        knowsCompanions = intake.companions == .auto
        // What leaves the inbox when it is done would be missing in its folder's album.
        let stays = intake.afterSuccess == .keep
        albums = !stays || folders.albums == .off ? nil : folders.albums == .all ? .every : .requested
        quiet = intake.quiet
        mostInAlbum = intake.mostInAlbum
        linksDuplicates = intake.duplicates == .skip
    }

    /// How workers work.
    private mutating func take(_ wanted: Settings.Workers) {
        order = QueueOrder(rawValue: wanted.order.rawValue) ?? .fair
        hours = wanted.hours
        workers = wanted.count
        memory = wanted.memory
        sandbox = wanted.sandbox
        stallTimeout = wanted.stallTimeout
        stopTimeout = wanted.stopTimeout
    }
}
