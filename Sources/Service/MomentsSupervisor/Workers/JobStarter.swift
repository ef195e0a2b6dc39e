internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers

/// Starts a worker on a job; reads and writes, so it is called on a thread for that.
struct JobStarter: Sendable {
    /// What came of it.
    enum Start: Sendable {
        case started(Run, manifest: FileStatus?)
        /// There is too little room: what is free and what is needed, in bytes, and of which place.
        case noRoom(place: String, free: Int64, needed: Int64)
        /// The manifest could not be written.
        case notWritten(SystemError)
        /// What it is made with is not there any more.
        case refused(JobError)
        /// The worker could not be started, or its folder not be made.
        case failed(SystemError)
    }

    private let places: Places
    private let command: WorkerCommand
    private let stallTimeout: Duration
    private let sandbox: SandboxPolicy
    private let models: [FilePath]
    /// What is left alone in the inbox.
    private let rules: IgnoreRules
    /// Whether what lies beside a video belongs to it.
    private let knowsCompanions: Bool
    private let helpers: WorkerHelpers
    private let style: SupervisorConfiguration.StyleFinder
    private let state: FilePath
    /// What must be free in any case, in bytes.
    private let leastRoom: Int64
    /// What a story may show of finished jobs.
    let footage: FootageFinder
    /// What must be free in the outbox, in bytes; nil where nobody looks.
    let room: Int64?
    /// Whether a job is started though its manifest cannot be written.
    let isReadOnly: Bool

    /// Takes what is configured.
    init(
        _ configuration: SupervisorConfiguration,
        _ places: Places,
        footage: FootageFinder,
        room: Int64?,
        isReadOnly: Bool
    ) {
        self.places = places
        command = WorkerCommand(configuration.worker, memory: configuration.memory)
        stallTimeout = configuration.stallTimeout
        sandbox = configuration.sandbox
        models = configuration.models
        rules = IgnoreRules(patterns: configuration.ignore)
        knowsCompanions = configuration.knowsCompanions
        (helpers, style) = (configuration.helpers, configuration.style)
        state = configuration.state
        leastRoom = configuration.leastFreeSpace
        (self.footage, self.room, self.isReadOnly) = (footage, room, isReadOnly)
    }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - manifest: The job, as one that begins.
    ///   - status: Its video.
    ///   - request: The request it is made after; nil without one.
    ///   - isWary: Whether its last worker ended before it could say why.
    ///   - report: Hears the worker.
    /// - Returns: What came of it; nothing has begun unless it says so.
    func start(
        _ manifest: Manifest,
        _ status: FileStatus,
        request: FileStatus?,
        isWary: Bool,
        report: @escaping @Sendable (WorkerNews) -> Void
    ) -> Start {
        let free = (try? places.outbox.freeBytes()) ?? 0
        if let lack = lackOfRoom(free) { return lack }
        let style: ClipStyle
        do { style = try self.style(manifest.config) } catch { return .refused(error) }
        // Known to be in work before it is: what is published by a daemon that is killed is recognized by it.
        places.ledger.note(manifest, durable: false)
        var written: FileStatus?
        do { written = try places.store.write(manifest, durable: true) } catch {
            if !isReadOnly || error.isOutOfSpace { return .notWritten(error) }
        }
        do {
            let beginning = places.tastes.begin(manifest, status, request: request)
            let spec = try spec(of: manifest, beginning, style, isWary: isWary)
            let help = helpers.help(for: spec, content: manifest.source.contentID) { report(.event(.note($0))) }
            let run = Run(
                worker: try Worker.start(command, spec, stallTimeout: stallTimeout, help: help, report: report),
                jobID: manifest.jobID,
                source: status,
                firstPath: manifest.source.path,
                content: manifest.findingsKey,
                freeAtStart: free,
                learning: beginning.learning,
                path: manifest.source.path
            )
            let spared = AlbumScope.spared(manifest, request, in: places.inbox)
            for note in beginning.notes + [spared].compactMap({ $0 }) { report(.event(.note(note))) }
            return .started(run, manifest: written)
        } catch { return .failed(error) }
    }

    /// Too little room for it, where somebody looks.
    private func lackOfRoom(_ free: Int64) -> Start? {
        guard let room else { return nil }
        if free < room { return .noRoom(place: "outbox has", free: free, needed: room) }
        let (left, least) = ((try? Folder.freeBytes(at: state)) ?? 0, min(leastRoom, 1 << 20))
        return left < least ? .noRoom(place: "state folder has", free: left, needed: least) : nil
    }

    /// What its worker is told; its staging folder is prepared.
    private func spec(
        of manifest: Manifest,
        _ beginning: TasteDesk.Beginning,
        _ style: ClipStyle,
        isWary: Bool
    ) throws(SystemError) -> JobSpec {
        // The worker follows no link at all; those that lead to the inbox itself are no stranger's.
        let inbox = try Folder.resolved(places.inbox.root)
        let album =
            manifest.config.album == nil
            ? [] : AlbumFinder.files(manifest, in: places.inbox, at: inbox, joinsFiles: knowsCompanions)
        let (source, folder) = (manifest.source, manifest.source.folder.name)
        let picture = PictureFinder.find(manifest.config.product?.image, beside: source.path, in: places.inbox)
        return JobSpec(
            jobID: manifest.jobID,
            source: album.first?.path ?? inbox.appending(source.path),
            name: album.isEmpty || folder.isEmpty ? source.name : folder,
            staging: try places.outbox.prepareStaging(
                of: manifest.jobID,
                content: manifest.findingsKey,
                album: album.compactMap { AlbumFinder.identity(of: $0) }
            ),
            options: manifest.config,
            lifeline: true,
            sandbox: sandbox,
            models: models,
            parts: album.isEmpty ? source.parts.map { inbox.appending($0) } : [],
            album: album,
            isWary: isWary,
            companions: companions(of: manifest).map { inbox.appending($0) },
            transcript: subtitles(of: source.path).map { inbox.appending($0) },
            picture: picture.map { inbox.appending($0) },
            transcription: source.contentID.flatMap { helpers.transcriber?.known($0) },
            taste: beginning.taste,
            learns: beginning.learning != nil,
            footage: footage.footage(places.outbox, inbox: inbox),
            preset: manifest.preset,
            style: style
        )
    }

    /// The subtitles beside a video, unless they are left alone.
    private func subtitles(of video: FilePath) -> FilePath? {
        guard knowsCompanions else { return nil }
        return TranscriptFinder.find(video, in: places.inbox) { !rules.ignoresFile($0) }
    }

    /// What lies beside a video and belongs to it; of a story its pictures, as far as they are plain files.
    private func companions(of manifest: Manifest) -> [FilePath] {
        guard let story = manifest.config.story else { return manifest.companions }
        return story.pictures.map { manifest.source.folder.appending($0) }.filter { path in
            if case .there(let status) = places.inbox.look(path) { status.kind == .regular } else { false }
        }
    }
}
