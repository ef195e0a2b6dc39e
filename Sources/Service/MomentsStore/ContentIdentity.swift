public import MomentsCore
public import MomentsSystem

/// Names a file's content by its size and a digest of samples of it, so that it is known again under another name.
public enum ContentIdentity {
    /// Files up to this size are read whole, in bytes.
    public static let wholeSize: Int64 = 512 << 10
    /// How much is read at the head and at the tail of a larger file, in bytes; indexes and tags stand there.
    public static let edgeSize = 128 << 10
    /// How much is read at each place in between, in bytes.
    public static let sampleSize = 16 << 10
    /// How many places in between there are, evenly spread.
    static let samples: Int64 = 12

    /// The identity, such as "s1842580-9f86d081884c7d659a2feaa0c55ad015"; reads at most 512 KiB.
    ///
    /// - Parameters:
    ///   - file: Open for reading.
    ///   - path: Its path, for errors only.
    /// - Returns: The size in bytes and 128 bits of a SHA-256.
    /// - Throws: `SystemError` when it cannot be read.
    public static func of(_ file: borrowing Descriptor, path: FilePath) throws(SystemError) -> String {
        let size = try file.status(path).size
        var digest = SHA256()
        if size <= wholeSize {
            digest.update(try file.read(Int(wholeSize), at: 0, of: path))
        } else {
            digest.update(try file.read(edgeSize, at: 0, of: path))
            for number in 1...samples {
                let place = size / (samples + 1) * number - Int64(sampleSize / 2)
                digest.update(try file.read(sampleSize, at: place, of: path))
            }
            digest.update(try file.read(edgeSize, at: size - Int64(edgeSize), of: path))
        }
        return "s\(size)-\(digest.finish().prefix(32))"
    }

    /// The identity of a recording in several files; that of one file is its own.
    ///
    /// - Parameters:
    ///   - parts: The files' paths below the inbox, in their order.
    ///   - inbox: The inbox.
    /// - Returns: Their common size and a digest of the identities of all.
    /// - Throws: `SystemError` when one cannot be read.
    public static func of(_ parts: [FilePath], in inbox: RootedDirectory) throws(SystemError) -> String {
        var (identities, size): ([String], Int64) = ([], 0)
        for part in parts {
            let file = try inbox.openRegular(part)
            let path = inbox.root.appending(part)
            size += try file.status(path).size
            identities.append(try of(file, path: path))
        }
        guard identities.count > 1 else { return identities.first ?? "" }
        var digest = SHA256()
        digest.update(Array(identities.joined(separator: " ").utf8))
        return "s\(size)-\(digest.finish().prefix(32))"
    }

    /// Whether two files hold the same bytes, all of which are read; ends at the first difference.
    ///
    /// - Parameters:
    ///   - one: Open for reading.
    ///   - other: Open for reading.
    ///   - path: The path of either, for errors only.
    /// - Returns: Whether every byte is the same; files of two sizes are told apart without reading.
    /// - Throws: `SystemError` when one cannot be read.
    public static func isSame(
        _ one: borrowing Descriptor,
        _ other: borrowing Descriptor,
        path: FilePath
    ) throws(SystemError) -> Bool {
        let (first, second) = (try one.status(path), try other.status(path))
        guard first.size == second.size else { return false }
        if first.device == second.device, first.inode == second.inode { return true }
        var place: Int64 = 0
        while place < first.size {
            let piece = try one.read(1 << 20, at: place, of: path)
            guard !piece.isEmpty, try other.read(1 << 20, at: place, of: path) == piece else { return false }
            place += Int64(piece.count)
        }
        return true
    }
}
