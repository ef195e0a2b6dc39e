internal import MomentsCore
internal import MomentsSystem

/// The folder a job's outputs are made in, and the list of them.
struct StagingFolder: Sendable {
    let path: FilePath
    private(set) var outputs: [(kind: String, name: String)] = []

    init(_ path: FilePath) { self.path = path }

    /// Where a file of this name stands.
    func file(_ name: String) -> FilePath { path.appending(name) }

    /// Notes a file that was written by somebody else.
    mutating func add(_ kind: String, _ name: String) { outputs.append((kind, name)) }

    /// Notes the files that were written by a stage of its own.
    mutating func add(_ other: StagingFolder) { outputs += other.outputs }

    /// Writes a file and notes it.
    mutating func write(_ kind: String, _ name: String, _ bytes: some Collection<UInt8>) throws(SystemError) {
        // Not synced here: the folder is private until it is published, and that syncs everything.
        try AtomicFile.replace(file(name), with: bytes, durable: false)
        add(kind, name)
    }

    /// Every output with its size and digest.
    func described() throws(SystemError) -> [JobResult.Output] {
        var described: [JobResult.Output] = []
        for output in outputs {
            let path = file(output.name)
            described.append(
                JobResult.Output(
                    kind: output.kind,
                    path: output.name,
                    bytes: try FileStatus.of(path).size,
                    sha256: try SHA256.of(path)
                )
            )
        }
        return described
    }
}
