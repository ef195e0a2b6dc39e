internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWorkers

/// One file's way through a worker into a folder, as the daemon does it, but at once and in the foreground.
struct LocalJob {
    let outbox: Outbox
    let settings: Settings
    let options: JobOptions
    let preset: String?
    /// Who answers what workers ask of others.
    var helpers = LocalHelpers()

    /// Works on a file until its result is published or it has failed.
    ///
    /// - Parameters:
    ///   - file: The file as the person named it.
    ///   - interruption: Stops the worker.
    ///   - display: Told of each step.
    /// - Returns: The manifest in its final status; nothing is left in staging.
    func run(_ file: FilePath, interruption: Interruption, display: ProgressDisplay) -> Manifest {
        let now = Timestamp.now
        let source = SourceInfo(name: file.name, folder: "", size: 0, modifiedAt: now)
        let identifier = JobIdentifier.make(at: now)
        let wanted = wish(for: file)
        let config = (try? wanted.get()) ?? options
        var manifest = Manifest(jobID: identifier, source: source, config: config, preset: preset, at: now)
        manifest.begin(at: now)
        display.start(manifest)
        do {
            let path = try examine(file, &manifest)
            let options = try wanted.get()
            let staging = try prepare(manifest)
            defer { try? outbox.removeStaging(of: identifier) }
            // A daemon that starts on the same outbox sweeps what nobody holds.
            let hold = try? FolderLock(folder: staging, purpose: "The staging folder")
            defer { withExtendedLifetime(hold) {} }
            let worker = try ForegroundWorker(
                try spec(of: manifest, path, options, in: staging),
                settings: settings,
                interruption: interruption,
                helpers: helpers
            ) { event in
                _ = manifest.apply(event, at: .now)
                display.update(manifest)
            }
            switch worker.outcome {
            case .finished(let result):
                manifest.result = result
                manifest = try outbox.publish(manifest, at: .now)
            case .failed(let error, let stage): manifest.fail(error, in: stage, at: .now)
            }
        } catch { manifest.fail(error, in: nil, at: .now) }
        manifest.updatedAt = .now
        return manifest
    }

    /// What the worker is told; `path` is the file itself, behind all links.
    private func spec(
        of manifest: Manifest,
        _ path: FilePath,
        _ options: JobOptions,
        in staging: FilePath
    ) throws(JobError) -> JobSpec {
        let parts = manifest.source.parts.map { FilePath("/").appending($0) }
        return JobSpec(
            jobID: manifest.jobID,
            source: path,
            name: manifest.source.name,
            staging: staging,
            options: options,
            lifeline: true,
            sandbox: settings.workers.sandbox,
            models: settings.modelFolders.map { (try? Folder.resolved($0)) ?? $0 },
            parts: parts,
            companions: companions(of: path, options, parts: parts),
            transcript: transcript(of: path),
            picture: picture(of: path),
            preset: preset,
            style: try settings.style(for: options)
        )
    }

    /// What is wanted of a file; a story says so itself.
    private func wish(for file: FilePath) -> Result<JobOptions, JobError> {
        guard Story.isStory(file) else { return .success(options) }
        do throws(JobError) { return .success(try StoryFile(file).options(settings, over: options)) } catch {
            return .failure(error)
        }
    }

    /// Finds the file itself behind the name a person gave, and what it is.
    private func examine(_ file: FilePath, _ manifest: inout Manifest) throws(JobError) -> FilePath {
        do {
            let path = try Folder.resolved(Folder.absolute(file))
            let status = try Descriptor.openRegular(path).status(path)
            let parts = settings.intake.companions == .auto ? LocalCompanions.parts(of: path) : []
            let files = ([path] + parts).compactMap { $0.relative(to: "/") }
            manifest.source.parts = Array(files.dropFirst())
            manifest.source.size = status.size
            for part in parts { manifest.source.size += try FileStatus.of(part).size }
            manifest.source.modifiedAt = status.modifiedAt
            manifest.source.contentID = try ContentIdentity.of(files, in: RootedDirectory("/"))
            return path
        } catch {
            let name = file.display
            throw JobError(
                .readFailed,
                "'\(name)' cannot be read: \(Self.reason(error, file)).",
                detail: "\(error)",
                transient: false
            )
        }
    }

    /// What lies beside a file and belongs to it.
    private func companions(of path: FilePath, _ options: JobOptions, parts: [FilePath]) -> [FilePath] {
        if let story = options.story { return LocalCompanions.pictures(of: story, beside: path) }
        return settings.intake.companions == .auto ? ([path] + parts).flatMap { LocalCompanions.of($0) } : []
    }

    /// The subtitles beside a file; `path` is the file itself, behind all links.
    private func transcript(of path: FilePath) -> FilePath? {
        guard settings.intake.companions == .auto else { return nil }
        return path.relative(to: "/").flatMap { TranscriptFinder.find($0, in: RootedDirectory("/")) }
            .map { FilePath("/").appending($0) }
    }

    /// The product's picture beside a file; `path` is the file itself, behind all links.
    private func picture(of path: FilePath) -> FilePath? {
        path.relative(to: "/").flatMap {
            PictureFinder.find(options.product?.image, beside: $0, in: RootedDirectory("/"))
        }.map { FilePath("/").appending($0) }
    }

    private static func reason(_ error: SystemError, _ file: FilePath) -> String {
        let path = try? Folder.resolved(Folder.absolute(file))
        return switch path.flatMap({ try? FileStatus.of($0).kind }) {
        case .folder: "it is a folder; name the videos in it"
        case .special: "it is no file"
        case .regular, .link, nil: error.reason
        }
    }

    private func prepare(_ manifest: Manifest) throws(JobError) -> FilePath {
        do { return try outbox.prepareStaging(of: manifest.jobID) } catch {
            let kind: ErrorKind = error.isOutOfSpace ? .outOfSpace : .writeFailed
            throw JobError(kind, "\(error).", transient: false)
        }
    }
}
