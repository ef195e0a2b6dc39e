internal import CLibAV
internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Keeps a run of frames for later reels while it is encoded.
///
/// Nothing of it is seen before `keep`; where it cannot be written, it is encoded again another time. Used on one thread.
public final class PieceRecorder {
    private let path: FilePath
    private let temporary: FilePath
    private let file: Descriptor
    private var digest = SHA256()
    private var index = PieceIndex()
    private var size: Int64 = 0
    private var isBroken = false

    /// Starts a file beside the piece's; nil where nothing can be written.
    ///
    /// - Parameters:
    ///   - path: The piece's file.
    ///   - key: What it is made of.
    init?(_ path: FilePath, key: String) {
        let temporary = AtomicFile.temporaryName(beside: path)
        guard let file = try? Descriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600) else {
            return nil
        }
        self.file = file
        (self.path, self.temporary) = (path, temporary)
        digest.update(Array(key.utf8))
    }

    deinit { try? Folder.removeFile(temporary) }

    /// Takes the next frame in coded order.
    func add(_ packet: borrowing Packet, shown: Int64) {
        let bytes = Array(packet.bytes)
        index.samples.append(
            CodedSample(
                shown: shown,
                duration: packet.duration,
                flags: packet.raw.pointee.flags,
                size: bytes.count
            )
        )
        write(bytes)
    }

    private func write(_ bytes: [UInt8]) {
        size += Int64(bytes.count)
        if size > CodedPiece.largest - CodedPiece.tail { isBroken = true }
        guard !isBroken else { return }
        digest.update(bytes)
        do { try file.write(bytes, to: temporary) } catch { isBroken = true }
    }

    /// Makes the piece one that is found.
    ///
    /// - Parameter edges: How the first and last frames of its shot are meant to look, as far as they are in it.
    public func keep(_ edges: ShotEdges) {
        index.edges = edges
        guard !index.samples.isEmpty, let text = try? Array(MomentsJSON.line(index)) else { return }
        write(text + withUnsafeBytes(of: Int64(text.count).bigEndian, Array.init))
        let mark = Array(digest.finish().utf8)
        guard !isBroken, (try? file.write(mark, to: temporary)) != nil else { return }
        try? Folder.move(temporary, to: path)
    }
}
