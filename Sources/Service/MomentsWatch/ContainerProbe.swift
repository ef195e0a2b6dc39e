public import MomentsCore
public import MomentsSystem

/// Looks at the outermost structure of a file to tell whether all of it has arrived.
///
/// Only clear signs count: junk behind a complete video, a flipped bit or an unknown format are the worker's to judge.
public enum ContainerProbe {
    /// Examines an open file; reads a few hundred bytes of most files.
    ///
    /// - Parameters:
    ///   - file: Open for reading.
    ///   - path: Its path, for errors only.
    /// - Returns: What its content says.
    /// - Throws: `SystemError` when it cannot be read.
    public static func examine(_ file: borrowing Descriptor, path: FilePath) throws(SystemError) -> Completeness {
        let size = try file.status(path).size
        guard size > 0 else { return .incomplete(reason: "the file is empty", playable: false) }
        let head = try file.read(64, at: 0, of: path)
        let answer = try structure(file, size: size, head: head, path: path)
        // Whatever it is: what was reserved and never written has not arrived.
        return answer == .unknown ? missing(from: file, size: size, needed: size) ?? .unknown : answer
    }

    private static func structure(
        _ file: borrowing Descriptor,
        size: Int64,
        head: [UInt8],
        path: FilePath
    ) throws(SystemError) -> Completeness {
        if IsoContainer.begins(with: head) {
            return try IsoContainer.examine(file, size: size, head: head, path: path)
        }
        if MatroskaContainer.begins(with: head) {
            return try MatroskaContainer.examine(file, size: size, path: path)
        }
        if head.starts(with: Array("RIFF".utf8)), head.count >= 12 {
            return riff(file, size: size, head: head)
        }
        return .unknown
    }

    /// AVI and its kin: the first chunk tells its length; zero and "unknown" mean a recording that was never closed.
    private static func riff(_ file: borrowing Descriptor, size: Int64, head: [UInt8]) -> Completeness {
        let length = head[4..<8].reversed().reduce(0) { $0 << 8 | Int64($1) }
        guard length > 4, length < 0xffff_ff00 else { return .unknown }
        return missing(from: file, size: size, needed: 8 + length)
            ?? (length < longestRiff ? .complete : .completeSoFar)
    }

    /// Recorders begin another chunk when one has grown to about a gigabyte (OpenDML).
    private static let longestRiff: Int64 = 900_000_000

    /// What is missing of a file that needs `needed` bytes, or nil when all of it is there.
    static func missing(from file: borrowing Descriptor, size: Int64, needed: Int64) -> Completeness? {
        guard needed <= size else {
            return .incomplete(reason: "\(amount(size)) of \(amount(needed)) have arrived", playable: true)
        }
        var place: Int64 = 0
        var lost: Int64 = 0
        // A copy that reserved its space first and broke off has its full size, and nothing where data should be.
        while let hole = file.firstHole(in: place..<needed) {
            lost += hole.upperBound - hole.lowerBound
            if hole.upperBound == needed || lost >= tolerableHoles {
                let reason = "its size is reserved but at least \(amount(lost)) of it were never written"
                return .incomplete(reason: reason, playable: true)
            }
            place = hole.upperBound
        }
        return nil
    }

    /// Holes up to this many bytes may be zeros that a file system chose not to store.
    private static let tolerableHoles: Int64 = 1 << 20

    private static func amount(_ bytes: Int64) -> String {
        bytes < 1_000_000 ? "\(bytes) bytes" : "\(bytes / 100_000 / 10).\(bytes / 100_000 % 10) MB"
    }
}
