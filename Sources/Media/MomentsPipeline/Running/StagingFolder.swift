internal import MomentsCore
internal import MomentsSystem

/// The folder a job's outputs are made in.
struct StagingFolder: Sendable {
    let path: FilePath

    init(_ path: FilePath) { self.path = path }

    /// Where a file of this name stands.
    func file(_ name: String) -> FilePath { path.appending(FilePath(name)) }

    /// Writes a file.
    func write(_ kind: String, _ name: String, _ bytes: some Collection<UInt8>) throws -> StagedFile {
        // Not synced here: the folder is private until it is published, and that syncs everything.
        try AtomicFile.replace(file(name), with: bytes, durable: false)
        return StagedFile(kind: kind, name: name)
    }

    /// Files with their sizes and digests.
    func described(_ files: [StagedFile]) throws -> [JobResult.Output] {
        try files.map { output in
            let path = file(output.name)
            return JobResult.Output(
                kind: output.kind,
                path: output.name,
                bytes: try FileStatus.of(path).size,
                sha256: try SHA256.of(path)
            )
        }
    }
}
