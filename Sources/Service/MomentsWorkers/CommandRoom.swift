internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// The one folder a command may write into: it holds so much, and goes with whoever made it.
struct CommandRoom {
    /// Where it is; absolute.
    let path: FilePath

    /// The most that may be stored in it, in bytes.
    static let largest: Int64 = 4 << 30
    /// Why more is too much.
    static let tooMuch = JudgeFailure("it wrote more than \(largest >> 30) GiB")
    /// The most files and folders in it.
    private static let mostEntries = 20_000
    /// How deep its folders may be.
    private static let deepest = 16

    /// Makes it, for this user only.
    ///
    /// - Throws: `SystemError` where something stands there, or nothing can.
    init(making path: FilePath) throws(SystemError) {
        try Folder.make(path, mode: 0o700)
        self.path = path
    }

    /// The environment of a command that works in it: this process's, but for what is the service's own.
    var environment: [String] {
        WorkerEnvironment.withoutService.filter { !$0.hasPrefix("TMPDIR=") } + ["TMPDIR=\(path)"]
    }

    /// Why what stands in it is too much; nil where it is not.
    var excess: JudgeFailure? {
        var (bytes, entries, folders) = (Int64(0), 0, [(path, 1)])
        // No folder is held open while others are looked at, however many there are.
        while let (folder, depth) = folders.popLast() {
            guard let found = Self.entries(of: folder) else { continue }
            entries += found.count
            guard entries <= Self.mostEntries else {
                return JudgeFailure("it made more than \(Self.mostEntries) files")
            }
            for entry in found {
                guard entry.status.kind == .folder else {
                    bytes += entry.status.storedBytes
                    continue
                }
                guard depth < Self.deepest else {
                    return JudgeFailure("it made folders more than \(Self.deepest) deep")
                }
                folders.append((folder.appending(entry.name), depth + 1))
            }
        }
        return bytes <= Self.largest ? nil : Self.tooMuch
    }

    private static func entries(of folder: FilePath) -> [Folder.Entry]? {
        guard let opened = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) else { return nil }
        return try? Folder.entries(of: opened, path: folder)
    }
}
