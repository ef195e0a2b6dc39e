public import MomentsCore
public import MomentsSystem

/// Names a file's content by its size and a digest of samples of it, so that it is known again under another name.
public enum ContentIdentity {
    /// How much is read at the head, at the middle and at the tail, in bytes.
    public static let sampleSize = 64 << 10

    /// The identity, such as "s1842580-9f86d081884c7d659a2feaa0c55ad015"; reads at most 192 KiB.
    ///
    /// - Parameters:
    ///   - file: Open for reading.
    ///   - path: Its path, for errors only.
    /// - Returns: The size in bytes and 128 bits of a SHA-256.
    /// - Throws: `SystemError` when it cannot be read.
    public static func of(_ file: borrowing Descriptor, path: FilePath) throws(SystemError) -> String {
        let size = try file.status(path).size
        var digest = SHA256()
        for place in [0, (size - Int64(sampleSize)) / 2, size - Int64(sampleSize)] {
            digest.update(try file.read(sampleSize, at: max(0, place), of: path))
        }
        return "s\(size)-\(digest.finish().prefix(32))"
    }
}
