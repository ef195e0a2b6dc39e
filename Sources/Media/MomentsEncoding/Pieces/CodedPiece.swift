internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// A run of coded frames that was encoded for an earlier reel.
///
/// Its file has the packets one behind the other, then their index as JSON, the length of that in eight bytes, and the
/// digest of the piece's key and of all of it. Used on one thread.
public final class CodedPiece {
    /// How the first and last frames of its shot are meant to look, as far as they are in it.
    public let edges: ShotEdges
    /// How many frames it has.
    public var frameCount: Int { samples.count }
    let samples: [CodedSample]
    private let path: FilePath
    private let file: Descriptor

    /// Opens a piece, and reads all of it once; nil for one that is not there, damaged, made of something else, or another's.
    ///
    /// - Parameters:
    ///   - path: Its file.
    ///   - key: What it was made of.
    ///   - owner: Whose it must be: what others laid there is not believed.
    init?(_ path: FilePath, key: String, owner: UInt32) {
        guard let file = try? Descriptor.openRegular(path) else { return nil }
        guard let status = try? file.status(path), status.owner == owner, status.links == 1,
            status.size > Self.tail, status.size <= Self.largest,
            let index = Self.index(of: file, path, size: status.size, key), !index.samples.isEmpty
        else { return nil }
        self.file = file
        (self.path, samples, edges) = (path, index.samples, index.edges)
    }

    /// Its index, where all of it is as it was written.
    private static func index(
        of file: borrowing Descriptor,
        _ path: FilePath,
        size: Int64,
        _ key: String
    ) -> PieceIndex? {
        var (digest, place) = (SHA256(), Int64(0))
        digest.update(Array(key.utf8))
        while place < size - digestLength {
            let wanted = min(1 << 20, size - digestLength - place)
            guard let bytes = try? file.read(Int(wanted), at: place, of: path), !bytes.isEmpty else { return nil }
            digest.update(bytes)
            place += Int64(bytes.count)
        }
        guard let end = try? file.read(Int(tail), at: size - tail, of: path), end.count == Int(tail),
            end.dropFirst(8).elementsEqual(digest.finish().utf8)
        else { return nil }
        let length = end.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard length > 0, length <= size - tail,
            let text = try? file.read(Int(length), at: size - tail - length, of: path),
            let index = try? MomentsJSON.decode(PieceIndex.self, from: Data(text)),
            index.samples.allSatisfy({ $0.size > 0 && $0.shown >= 0 }),
            index.samples.reduce(0, { $0 + Int64($1.size) }) == size - tail - length
        else { return nil }
        return index
    }

    /// Hands over the frames, in coded order.
    ///
    /// - Parameter consume: Takes each with its packet's content.
    /// - Throws: `MediaError` where the file cannot be read any more, or what `consume` throws.
    func forEachSample(_ consume: (CodedSample, [UInt8]) throws -> Void) throws {
        var place: Int64 = 0
        for sample in samples {
            let bytes = try file.read(sample.size, at: place, of: path)
            guard bytes.count == sample.size else { throw SystemError("read", path, code: EIO) }
            place += Int64(sample.size)
            try consume(sample, bytes)
        }
    }

    /// Digits of a digest.
    static let digestLength: Int64 = 64
    /// The length of the index, and the digest.
    static let tail: Int64 = 8 + digestLength
    /// The largest file that is kept, in bytes.
    static let largest: Int64 = 96 << 20
}
