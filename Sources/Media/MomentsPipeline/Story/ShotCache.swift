internal import MomentsCore
internal import MomentsSystem

/// Shots that were made before, by what they were made of, in a folder that is kept beyond the job.
struct ShotCache {
    /// The folder's name in staging.
    static let name: FilePath = ".checkpoint-shots"

    private let folder: FilePath
    private static let largest = 512 << 20

    init(_ staging: FilePath) { folder = staging.appending(Self.name) }

    /// Puts a shot that was made before into place.
    ///
    /// - Returns: Whether there is one, whole.
    func take(_ key: String, to path: FilePath) -> Bool {
        let kept = folder.appending(FilePath(key + ".mp4"))
        // Its own digest stands beside it: a torn one counts as missing.
        guard let bytes = content(kept), let mark = content(mark(key)), mark.elementsEqual(digest(bytes).utf8) else {
            return false
        }
        return (try? AtomicFile.replace(path, with: bytes, durable: false)) != nil
    }

    /// Keeps a shot that was made; where that fails, it is made again another time.
    func keep(_ key: String, from path: FilePath) {
        guard let bytes = content(path) else { return }
        try? Folder.make(folder)
        _ = try? AtomicFile.replace(folder.appending(FilePath(key + ".mp4")), with: bytes, durable: false)
        _ = try? AtomicFile.replace(mark(key), with: digest(bytes).utf8, durable: false)
    }

    /// Removes what nobody wants any more.
    func keep(only keys: Set<String>) {
        for name in (try? Folder.names(in: folder)) ?? [] where !keys.contains(name.stem.text) {
            try? Folder.removeFile(folder.appending(name))
        }
    }

    private func mark(_ key: String) -> FilePath { folder.appending(FilePath(key + ".sha256")) }

    private func content(_ path: FilePath) -> [UInt8]? {
        guard let size = try? FileStatus.of(path).size, size > 0, size <= Self.largest else { return nil }
        return try? Descriptor.openRegular(path).read(Int(size), at: 0, of: path)
    }

    private func digest(_ bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }
}
