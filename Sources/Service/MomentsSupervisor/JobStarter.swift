internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers
internal import Synchronization

/// Starts a worker on a job; reads and writes, so it is called on a thread for that.
struct JobStarter: Sendable {
    /// What came of it.
    enum Outcome: Sendable {
        case started(Run, manifest: FileStatus?)
        /// There is too little room: what is free and what is needed, in bytes, and of which place.
        case noRoom(place: String, free: Int64, needed: Int64)
        /// The manifest could not be written.
        case notWritten(SystemError)
        /// The worker could not be started, or its folder not be made.
        case failed(SystemError)
    }

    let places: Places
    let command: WorkerCommand
    let stallTimeout: Duration
    let sandbox: SandboxPolicy
    let models: [FilePath]
    /// What is left alone in the inbox.
    let rules: IgnoreRules
    /// Whether what lies beside a video belongs to it.
    let knowsCompanions: Bool
    /// Who is asked about stills; nil for nobody.
    let judge: Judge?
    /// Who writes down what is said where no subtitles do; nil for nobody.
    let transcriber: Transcriber?
    /// Who speaks texts and makes shots; nil for nobody.
    let engines: Engines?
    /// What a story may show of finished jobs.
    let footage: FootageFinder
    let state: FilePath
    /// What must be free in the outbox, in bytes; nil where nobody looks.
    let room: Int64?
    /// What must be free in any case, in bytes.
    let leastRoom: Int64
    /// Whether a job is started though its manifest cannot be written.
    let isReadOnly: Bool

    /// Told of each job whose pictures may leave this machine.
    private static let leaving =
        "stills of it are shown to the judge, which reaches the network ([Judge] Network=yes)"

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
    ) -> Outcome {
        let free = (try? places.outbox.freeBytes()) ?? 0
        if let room {
            if free < room { return .noRoom(place: "outbox has", free: free, needed: room) }
            let (left, least) = ((try? Folder.freeBytes(at: state)) ?? 0, min(leastRoom, 1 << 20))
            if left < least { return .noRoom(place: "state folder has", free: left, needed: least) }
        }
        // Known to be in work before it is: what is published by a daemon that is killed is recognized by it.
        places.ledger.note(manifest, durable: false)
        var written: FileStatus?
        do { written = try places.store.write(manifest, durable: true) } catch {
            if !isReadOnly || error.isOutOfSpace { return .notWritten(error) }
        }
        do {
            let content = manifest.source.contentID
            // The worker follows no link at all; those that lead to the inbox itself are no stranger's.
            let inbox = try Folder.resolved(places.inbox.root)
            let beginning = places.tastes.begin(manifest, status, request: request)
            let album =
                manifest.config.album == nil
                ? []
                : AlbumFinder.files(manifest, in: places.inbox, at: inbox, joinsFiles: knowsCompanions)
            let folder = manifest.source.folder.name
            let spec = JobSpec(
                jobID: manifest.jobID,
                source: album.first?.path ?? inbox.appending(manifest.source.path),
                name: album.isEmpty || folder.isEmpty ? manifest.source.name : folder,
                staging: try places.outbox.prepareStaging(
                    of: manifest.jobID,
                    content: manifest.findingsKey,
                    album: album.compactMap { AlbumFinder.identity(of: $0) }
                ),
                options: manifest.config,
                lifeline: true,
                sandbox: sandbox,
                models: models,
                parts: album.isEmpty ? manifest.source.parts.map { inbox.appending($0) } : [],
                album: album,
                isWary: isWary,
                companions: companions(of: manifest).map { inbox.appending($0) },
                transcript: subtitles(of: manifest.source.path).map { inbox.appending($0) },
                picture: PictureFinder.find(
                    manifest.config.product?.image,
                    beside: manifest.source.path,
                    in: places.inbox
                ).map { inbox.appending($0) },
                transcription: content.flatMap { transcriber?.known($0) },
                taste: beginning.taste,
                learns: beginning.learning != nil,
                footage: footage.footage(places.outbox, inbox: inbox)
            )
            let run = Run(
                worker: try Worker.start(
                    command,
                    spec,
                    stallTimeout: stallTimeout,
                    judge: asking(for: spec, content, report),
                    transcriber: transcribing(for: spec, content),
                    engines: sending(for: spec, report),
                    report: report
                ),
                jobID: manifest.jobID,
                source: status,
                firstPath: manifest.source.path,
                content: manifest.findingsKey,
                freeAtStart: free,
                learning: beginning.learning,
                path: manifest.source.path
            )
            for note in beginning.notes { report(.event(.note(note))) }
            return .started(run, manifest: written)
        } catch { return .failed(error) }
    }

    /// Gives the recording of a job to whoever writes down what is said.
    private func transcribing(for spec: JobSpec, _ content: String?) -> Worker.Transcribing? {
        guard let transcriber else { return nil }
        let staging = spec.staging
        return { await transcriber.answer($0, staging: staging, content: content) }
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

    /// What was told of a job already.
    private final class Told: Sendable {
        let sentences = Mutex<Set<String>>([])
    }

    /// Has the errands of a job done.
    private func sending(for spec: JobSpec, _ report: @escaping @Sendable (WorkerNews) -> Void) -> Worker.Sending? {
        guard let engines else { return nil }
        let (staging, blur) = (spec.staging, spec.options.subjects.blur)
        let told = Told()
        return { errand in
            if let refusal = engines.refusal(of: errand, where: blur) { return refusal }
            if let leaving = engines.leaving(errand), told.sentences.withLock({ $0.insert(leaving).inserted }) {
                report(.event(.note(leaving)))
            }
            return await engines.run(errand, staging: staging)
        }
    }

    /// Gives the questions of a job to the judge.
    private func asking(
        for spec: JobSpec,
        _ content: String?,
        _ report: @escaping @Sendable (WorkerNews) -> Void
    ) -> Worker.Asking? {
        guard let judge else { return nil }
        let staging = spec.staging
        return { question in
            if judge.reachesNetwork { report(.event(.note(Self.leaving))) }
            return await judge.answer(question, staging: staging, content: content)
        }
    }
}
