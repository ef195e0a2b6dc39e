internal import Glibc
public import MomentsCore
internal import MomentsSystem

extension Outbox {
    /// Shows a job's result: everything in its staging folder becomes visible at once, and durably.
    ///
    /// The result's folder is that of the video below the inbox, and its name the video's without extension; taken names
    /// get a number. Nothing that is there is ever replaced.
    ///
    /// - Parameters:
    ///   - manifest: The job, with the worker's result; its copy with the final status is put into the result.
    ///   - now: The moment of completion.
    /// - Returns: The completed manifest.
    /// - Throws: `JobError` of the kind `VerificationFailed`, `OutOfSpace` or `WriteFailed`; nothing is visible then.
    public func publish(_ manifest: Manifest, at now: Timestamp) throws(JobError) -> Manifest {
        guard let result = manifest.result else { preconditionFailure("a job is published with its result") }
        let outcome: Result<Manifest, JobError>
        do {
            // What is checked is what is shown: the folder is held all the time.
            outcome = try holdingStaging { held throws(SystemError) in
                do throws(JobError) { try check(result, in: held.appending(manifest.jobID), of: manifest) } catch {
                    return .failure(error)
                }
                return .success(try show(held, result, of: manifest, at: now))
            }
        } catch { throw Self.failure(error, of: manifest) }
        return try outcome.get()
    }

    private func show(
        _ held: FilePath,
        _ result: JobResult,
        of manifest: Manifest,
        at now: Timestamp
    ) throws(SystemError) -> Manifest {
        let staging = held.appending(manifest.jobID)
        keep(manifest.findingsKey, of: manifest.jobID, in: held)
        try clean(staging, of: Set(result.outputs.map { FilePath($0.path) }))
        try secure(staging)
        let parent = try makeParent(for: manifest.source.folder)
        let stem = manifest.source.name.stem
        let wanted = ResultName.safe(manifest.config.story == nil ? stem : stem.stem)
        let taken = Set(try Folder.names(in: root.appending(parent)).map(ResultName.folded))
        var number = 1
        while true {
            let folder = parent.appending(ResultName.numbered(wanted, number))
            number += 1
            if taken.contains(ResultName.folded(folder.name)) || (try? FileStatus.of(root.appending(folder))) != nil {
                continue
            }
            var completed = manifest
            completed.complete(result, folder: folder, at: now)
            completed.updatedAt = now
            try writeCopy(of: completed, in: staging)
            do {
                try Folder.moveWithoutReplacing(staging, to: root.appending(folder))
            } catch {
                if error.alreadyExists { continue }
                throw error
            }
            try Folder.synchronize(root.appending(folder).parent)
            return completed
        }
    }

    /// Whether a folder of the outbox is a result, not one that only holds others.
    func isResult(_ folder: FilePath) -> Bool {
        (try? FileStatus.of(root.appending(folder).appending(Self.manifestName))) != nil
    }

    /// Whether everything the worker promised is there as it was verified, and nothing that leads elsewhere; reads all of it.
    private func check(_ result: JobResult, in staging: FilePath, of manifest: Manifest) throws(JobError) {
        // What would not be believed when it is read again is not written.
        let size = (try? MomentsJSON.document(manifest).count) ?? .max
        guard result.isPossible, size <= ManifestStore.sizeLimit / 2,
            !result.outputs.contains(where: { FilePath($0.path) == Self.manifestName })
        else {
            throw JobError(
                .verificationFailed,
                "The result of '\(manifest.source.name.display)' is not what a worker makes: its files are too many, hidden, "
                    + "or named twice; report this with the journal of the job."
            )
        }
        for output in result.outputs {
            let path = FilePath(output.path)
            let status = try? FileStatus.of(staging.appending(path))
            guard let status, status.kind == .regular, status.size == output.bytes else {
                throw JobError(
                    .verificationFailed,
                    "The result of '\(manifest.source.name.display)' is not what its worker promised: "
                        + "'\(path.display)' is missing or has another size; report this with the journal of the job."
                )
            }
            guard (try? SHA256.of(staging.appending(path))) == output.sha256 else {
                throw JobError(
                    .verificationFailed,
                    "The result of '\(manifest.source.name.display)' was changed after it was made: '\(path.display)' is not "
                        + "what was verified; look who may write into the outbox's .momentsd, and at the outbox's disk."
                )
            }
        }
    }

    /// Removes what no one promised: checkpoints, and what an attempt that was cut off left.
    private func clean(_ staging: FilePath, of wanted: Set<FilePath>, below inner: FilePath = "") throws(SystemError) {
        for name in try Folder.names(in: staging.appending(inner)) {
            let path = inner.appending(name)
            if wanted.contains(path) { continue }
            if wanted.contains(where: { $0.relative(to: path) != nil }) {
                try clean(staging, of: wanted, below: path)
            } else {
                try Folder.removeTree(staging.appending(path))
            }
        }
    }

    /// Brings every file and folder to the disk; links and special files, which no stage makes, are removed.
    private func secure(_ folder: FilePath) throws(SystemError) {
        for entry in try Folder.entries(of: try Descriptor.open(folder, O_RDONLY | O_DIRECTORY), path: folder) {
            let path = folder.appending(entry.name)
            switch entry.status.kind {
            case .folder: try secure(path)
            case .regular:
                let file = try Descriptor.open(path, O_RDONLY | O_NOFOLLOW)
                try file.synchronize(path)
            case .link, .special: try Folder.removeFile(path)
            }
        }
        try Folder.synchronize(folder)
    }

    private func writeCopy(of manifest: Manifest, in staging: FilePath) throws(SystemError) {
        guard let document = try? MomentsJSON.document(manifest) else {
            preconditionFailure("a manifest has nothing that JSON cannot say")
        }
        try AtomicFile.replace(staging.appending(Self.manifestName), with: document)
    }

    /// Makes the folder that mirrors the video's; a component taken by a file, a link or a result gets a number.
    private func makeParent(for folder: FilePath) throws(SystemError) -> FilePath {
        var parent: FilePath = ""
        for component in folder.components.map(ResultName.safe) {
            let siblings = try Folder.names(in: root.appending(parent))
            var number = 1
            while true {
                let wanted = ResultName.numbered(component, number)
                let spelled = siblings.first { ResultName.folded($0) == ResultName.folded(wanted) }
                let candidate = parent.appending(siblings.contains(wanted) ? wanted : spelled ?? wanted)
                let status = try? FileStatus.of(root.appending(candidate))
                if status == nil {
                    try Folder.make(root.appending(candidate))
                    try Folder.synchronize(root.appending(candidate).parent)
                }
                if status == nil || status?.kind == .folder && !isResult(candidate) {
                    parent = candidate
                    break
                }
                number += 1
            }
        }
        return parent
    }

    private static func failure(_ error: SystemError, of manifest: Manifest) -> JobError {
        let name = manifest.source.name.display
        return error.isOutOfSpace
            ? JobError(
                .outOfSpace,
                "The outbox has no room for the result of '\(name)'; make room there, it is tried again by itself.",
                detail: error.description
            )
            : JobError(
                .writeFailed,
                "The result of '\(name)' could not be put into the outbox (\(error.reason)); check the outbox's disk and "
                    + "rights, it is tried again by itself.",
                detail: error.description
            )
    }
}
