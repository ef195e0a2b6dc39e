internal import CNettle
internal import Glibc
public import MomentsCore

/// A SHA-256 in the making (FIPS 180-4), by libnettle.
public struct SHA256: Sendable {
    private var context = sha256_ctx()

    /// Starts with no content.
    public init() { nettle_sha256_init(&context) }

    /// Adds bytes; about 400 MB/s on one core without SHA instructions.
    public mutating func update(_ bytes: [UInt8]) { nettle_sha256_update(&context, bytes.count, bytes) }

    /// The digest of everything added, in 64 lower-case hexadecimal digits; starts again with no content.
    public mutating func finish() -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        nettle_sha256_digest(&context, digest.count, &digest)
        return FilePath.hexadecimal(digest)
    }

    /// The digest of a whole file, read in pieces of 1 MiB.
    public static func of(_ path: FilePath) throws(SystemError) -> String {
        let file = try Descriptor.open(path, O_RDONLY)
        var digest = SHA256()
        var offset: Int64 = 0
        while true {
            let piece = try file.read(1 << 20, at: offset, of: path)
            if piece.isEmpty { return digest.finish() }
            digest.update(piece)
            offset += Int64(piece.count)
        }
    }
}
