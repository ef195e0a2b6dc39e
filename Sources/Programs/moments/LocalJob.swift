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
    /// Who is asked about stills; nil for nobody.
    var judge: LocalJudge?
    /// Who writes down what is said where no subtitles do; nil for nobody.
    var transcriber: LocalTranscriber?

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
        var manifest = Manifest(jobID: identifier, source: source, config: options, preset: preset, at: now)
        manifest.begin(at: now)
        display.start(manifest)
        do {
            let path = try examine(file, &manifest)
            let staging = try prepare(manifest)
            defer { try? outbox.removeStaging(of: identifier) }
            // A daemon that starts on the same outbox sweeps what nobody holds.
            let hold = try? FolderLock(folder: staging, purpose: "The staging folder")
            defer { withExtendedLifetime(hold) {} }
            let spec = JobSpec(
                jobID: identifier,
                source: path,
                name: file.name,
                staging: staging,
                options: options,
                lifeline: true,
                sandbox: settings.workers.sandbox,
                models: settings.modelFolders.map { (try? Folder.resolved($0)) ?? $0 },
                companions: settings.intake.companions == .auto ? LocalCompanions.of(path) : [],
                transcript: transcript(of: path),
                picture: picture(of: path)
            )
            let worker = try ForegroundWorker(
                spec,
                settings: settings,
                interruption: interruption,
                judge: judge,
                transcriber: transcriber
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

    /// Finds the file itself behind the name a person gave, and what it is.
    private func examine(_ file: FilePath, _ manifest: inout Manifest) throws(JobError) -> FilePath {
        do {
            let path = try Folder.resolved(Folder.absolute(file))
            let descriptor = try Descriptor.openRegular(path)
            let status = try descriptor.status(path)
            manifest.source.size = status.size
            manifest.source.modifiedAt = status.modifiedAt
            manifest.source.contentID = try ContentIdentity.of(descriptor, path: path)
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
