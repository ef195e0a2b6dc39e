internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// What was encoded for reels of a video, kept so that the next reel of it need not encode the same again.
///
/// A piece is found by the digest of all that its frames depend on. Losing any of them only costs time, so that nothing
/// here fails. Used on one thread.
public final class PieceShelf {
    private let folder: FilePath
    private let identity: String
    private let owner: UInt32?
    /// The pieces of this reel.
    private var used: Set<FilePath> = []

    /// How much is kept of one video, in bytes, and in files; the pieces of the last reel stay longest.
    private static let mostBytes: Int64 = 256 << 20
    private static let mostFiles = 400

    /// Names the folder; it is made with the first piece.
    ///
    /// - Parameters:
    ///   - folder: Where they are; the folder above is the job's own.
    ///   - identity: Tells the video from any other.
    public init(_ folder: FilePath, of identity: String) {
        (self.folder, self.identity) = (folder, identity)
        owner = (try? FileStatus.of(folder.parent))?.owner
    }

    /// The name of what is made of something, for `piece` and `recorder`.
    ///
    /// - Parameter inputs: All that its frames depend on beside the video.
    /// - Returns: A digest.
    public func key(_ inputs: [String]) -> String {
        var digest = SHA256()
        // A length before each, so that no two lists read alike.
        for text in ["momentsd.piece/1", Version.text, identity] + inputs {
            digest.update(Array("\(text.utf8.count) \(text)\n".utf8))
        }
        return digest.finish()
    }

    /// What was made of something; nil where it was not, or is not whole.
    public func piece(_ key: String) -> CodedPiece? {
        guard let owner, let piece = CodedPiece(path(key), key: key, owner: owner) else { return nil }
        used.insert(path(key).name)
        return piece
    }

    /// Begins to keep what is made of something.
    public func recorder(_ key: String) -> PieceRecorder? {
        guard (try? Folder.make(folder, mode: 0o700)) != nil else { return nil }
        used.insert(path(key).name)
        return PieceRecorder(path(key), key: key)
    }

    /// Forgets all of them, since a reel of them did not pass its check.
    public func forget() { try? Folder.removeTree(folder) }

    /// Removes what is too much.
    public func prune() {
        guard let opened = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            let entries = try? Folder.entries(of: opened, path: folder)
        else { return }
        let strangers = entries.filter { $0.status.kind != .regular || !Self.isName($0.name) }
        for entry in strangers { try? Folder.removeTree(folder.appending(entry.name)) }
        let pieces = entries.filter { $0.status.kind == .regular && Self.isName($0.name) }.sorted { one, other in
            let (isFirst, isSecond) = (used.contains(one.name), used.contains(other.name))
            return isFirst == isSecond ? one.status.modified > other.status.modified : isFirst
        }
        var (bytes, count) = (Int64(0), 0)
        for piece in pieces {
            (bytes, count) = (bytes + piece.status.size, count + 1)
            if bytes > Self.mostBytes || count > Self.mostFiles {
                try? Folder.removeFile(folder.appending(piece.name))
            }
        }
    }

    /// Whether a piece may be called so.
    private static func isName(_ name: FilePath) -> Bool {
        name.bytes.count == Int(CodedPiece.digestLength)
            && name.bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private func path(_ key: String) -> FilePath { folder.appending(FilePath(key)) }
}
