internal import Glibc
internal import MomentsCore

extension MountTable {
    /// Where the kernel shows it.
    static let path: FilePath = "/proc/self/mountinfo"

    /// Reads the table; no file system is asked anything.
    public static func read() -> MountTable {
        guard let file = try? Descriptor.open(path, O_RDONLY) else { return MountTable("") }
        var bytes: [UInt8] = []
        while let piece = try? file.read(64 << 10, at: Int64(bytes.count), of: path), !piece.isEmpty { bytes += piece }
        return MountTable(String(decoding: bytes, as: UTF8.self))
    }
}
