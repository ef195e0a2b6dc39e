internal import Glibc
public import MomentsCore
internal import MomentsSystem

extension Outbox {
    /// A result that stands in the outbox.
    public struct Stored: Hashable, Sendable {
        /// Its folder below the outbox.
        public let folder: FilePath
        /// The job it belongs to.
        public let jobID: String
        /// What it takes on the disk, in bytes.
        public let bytes: Int64
        /// When its job was completed.
        public let completedAt: Timestamp

        /// Describes a result.
        public init(folder: FilePath, jobID: String, bytes: Int64, completedAt: Timestamp) {
            self.folder = folder
            self.jobID = jobID
            self.bytes = bytes
            self.completedAt = completedAt
        }
    }

    /// Every result, the oldest first; reads one small file of each.
    ///
    /// - Returns: The folders that hold a manifest of a completed job; anything else in the outbox is not ours to judge.
    public func results() -> [Stored] {
        var results: [Stored] = []
        var waiting: [FilePath] = [""]
        while let folder = waiting.popLast() {
            guard let opened = try? Descriptor.open(root.appending(folder), O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
                let entries = try? Folder.entries(of: opened, path: root.appending(folder))
            else { continue }
            if entries.contains(where: { $0.name == Self.manifestName }) {
                guard let manifest = manifest(in: folder), let completedAt = manifest.completedAt,
                    manifest.status == .completed, JobIdentifier.isValid(manifest.jobID)
                else { continue }
                let bytes = storedBytes(entries, in: folder)
                results.append(
                    Stored(folder: folder, jobID: manifest.jobID, bytes: bytes, completedAt: completedAt)
                )
                continue
            }
            for entry in entries where entry.status.kind == .folder && !entry.name.hasPrefix(".") {
                waiting.append(folder.appending(entry.name))
            }
        }
        return results.sorted { ($0.completedAt, $0.jobID) < ($1.completedAt, $1.jobID) }
    }

    /// What a result's files take on the disk, those in its folders too.
    private func storedBytes(_ entries: [Folder.Entry], in folder: FilePath) -> Int64 {
        entries.reduce(0) { sum, entry in
            guard entry.status.kind == .folder else { return sum + entry.status.storedBytes }
            let inner = folder.appending(entry.name)
            guard let opened = try? Descriptor.open(root.appending(inner), O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
                let below = try? Folder.entries(of: opened, path: root.appending(inner))
            else { return sum }
            return sum + storedBytes(below, in: inner)
        }
    }

    /// The folder of everything that has a manifest; opens no file.
    ///
    /// - Returns: The folders, below the outbox; what cannot be listed is left out.
    public func resultFolders() -> [FilePath] {
        var results: [FilePath] = []
        var waiting: [FilePath] = [""]
        while let folder = waiting.popLast() {
            guard let opened = try? Descriptor.open(root.appending(folder), O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
                let entries = try? Folder.entries(of: opened, path: root.appending(folder))
            else { continue }
            for entry in entries where entry.status.kind == .folder && !entry.name.hasPrefix(".") {
                let place = folder.appending(entry.name)
                if isResult(place) { results.append(place) } else { waiting.append(place) }
            }
        }
        return results
    }

    /// Which results have to go, the oldest first, so that what stays fits; the newest one always stays.
    ///
    /// - Parameters:
    ///   - results: Every result, the oldest first.
    ///   - size: The most bytes they may take together; nil for no limit.
    ///   - retention: How old one may become; nil for no limit.
    ///   - now: The moment.
    /// - Returns: The results to remove.
    public static func surplus(
        _ results: [Stored],
        size: Int64?,
        retention: Duration?,
        at now: Timestamp
    ) -> [Stored] {
        var total = results.reduce(0) { $0 + $1.bytes }
        return results.dropLast().filter { result in
            let isOld = retention.map { now.seconds(since: result.completedAt) > $0.inSeconds } ?? false
            guard isOld || size.map({ total > $0 }) ?? false else { return false }
            total -= result.bytes
            return true
        }
    }

    /// Whether every file of a published result is there with the content that was verified; reads all of it.
    ///
    /// - Parameter manifest: The completed job.
    /// - Returns: False when the result is not its own, or anything differs or is missing.
    public func isIntact(_ manifest: Manifest) -> Bool {
        guard let result = manifest.result, let folder = result.folder, let copy = self.manifest(in: folder),
            copy.result?.outputs == result.outputs, !result.outputs.isEmpty
        else { return false }
        return result.outputs.allSatisfy { output in
            let path = root.appending(folder).appending(output.path)
            guard let status = try? FileStatus.of(path), status.kind == .regular, status.size == output.bytes else {
                return false
            }
            return (try? SHA256.of(path)) == output.sha256
        }
    }
}
