internal import FoundationEssentials
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsSystem

/// What earlier attempts at a job found, kept beside its outputs so that a job cut off goes on where it was.
///
/// Each is one file: a line with the digest of everything it depends on, then JSON. One that was made of anything else,
/// or is torn, counts as missing.
struct Checkpoints: Sendable {
    private let staging: FilePath
    private let source: Source

    private struct Source: Encodable, Sendable {
        let version: String
        let size: Int64
        let modified: Int64
        let inode: UInt64
        /// Size, time and number of each file that goes on where the first one ends; nil without any.
        var parts: [[Int64]]?
    }

    private struct Inputs<Value: Encodable>: Encodable {
        let source: Source
        let stage: Stage
        let value: Value
    }

    /// Looks at the video; nil where it is not there, in which case nothing is kept.
    init?(_ spec: JobSpec) {
        guard let status = try? FileStatus.of(spec.source) else { return nil }
        staging = spec.staging
        var source = Source(
            version: Version.text,
            size: status.size,
            modified: status.modified,
            inode: status.inode
        )
        if !spec.parts.isEmpty {
            source.parts = spec.parts.map { path in
                (try? FileStatus.of(path)).map { [$0.size, $0.modified, Int64(bitPattern: $0.inode)] } ?? []
            }
        }
        self.source = source
    }

    /// What a stage found earlier from the same inputs.
    ///
    /// - Parameters:
    ///   - type: What it found.
    ///   - stage: The stage.
    ///   - part: Which of several it found; empty for the only one.
    ///   - inputs: Everything it depends on.
    /// - Returns: It; nil where it has to be done.
    func load<Value: Decodable>(
        _ type: Value.Type,
        of stage: Stage,
        part: String = "",
        from inputs: some Encodable
    ) -> Value? {
        let path = file(stage, part)
        guard let size = try? FileStatus.of(path).size, size <= Self.largest,
            let opened = try? Descriptor.openRegular(path),
            let bytes = try? opened.read(Int(size), at: 0, of: path),
            let end = bytes.firstIndex(of: UInt8(ascii: "\n")), bytes[..<end].elementsEqual(key(stage, inputs).utf8)
        else { return nil }
        return try? MomentsJSON.decode(type, from: Data(bytes[(end + 1)...]))
    }

    /// Keeps what a stage found; where that fails, the stage is done again another time.
    ///
    /// - Parameters:
    ///   - value: What it found.
    ///   - stage: The stage.
    ///   - part: Which of several it found; empty for the only one.
    ///   - inputs: Everything it depends on.
    func save(_ value: some Encodable, of stage: Stage, part: String = "", from inputs: some Encodable) {
        guard let content = try? MomentsJSON.line(value), Int64(content.count) <= Self.largest else { return }
        let marked = Data("\(key(stage, inputs))\n".utf8) + content
        _ = try? AtomicFile.replace(file(stage, part), with: marked, durable: false)
    }

    /// Keeps what a stage found while the work goes on.
    ///
    /// - Returns: Does it; to be joined.
    func saveInBackground(_ value: some Encodable & Sendable, of stage: Stage, from inputs: some Encodable & Sendable)
        -> WorkerThread
    {
        WorkerThread { [self] in save(value, of: stage, from: inputs) }
    }

    /// What was encoded for earlier reels of the video.
    var pieces: PieceShelf {
        let identity = (try? MomentsJSON.line(source)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return PieceShelf(staging.appending(".checkpoint-pieces"), of: identity)
    }

    private func file(_ stage: Stage, _ part: String) -> FilePath {
        staging.appending(FilePath(".checkpoint-\(stage.rawValue)" + (part.isEmpty ? "" : "-\(part)")))
    }

    private func key(_ stage: Stage, _ inputs: some Encodable) -> String {
        var digest = SHA256()
        digest.update([UInt8]((try? MomentsJSON.line(Inputs(source: source, stage: stage, value: inputs))) ?? Data()))
        return digest.finish()
    }

    /// Reading a larger one would take the memory a worker is to do without.
    private static let largest: Int64 = 24 << 20
}
