internal import MomentsCore
internal import MomentsSystem

/// Matroska and WebM: an EBML header, then one segment with its length or "unknown" (RFC 8794, RFC 9559).
enum MatroskaContainer {
    static func begins(with head: [UInt8]) -> Bool { head.starts(with: [0x1a, 0x45, 0xdf, 0xa3]) }

    static func examine(
        _ file: borrowing Descriptor,
        size: Int64,
        path: FilePath
    ) throws(SystemError) -> Completeness {
        let tooShort = Completeness.incomplete(reason: "only a part of its header has arrived", playable: false)
        guard let header = length(try file.read(8, at: 4, of: path)) else { return tooShort }
        guard case .known(let bytes, let width) = header, bytes < 1 << 20 else { return .unknown }
        let start = 4 + width + bytes
        let segment = try file.read(12, at: start, of: path)
        guard segment.count >= 5 else { return tooShort }
        guard segment.starts(with: [0x18, 0x53, 0x80, 0x67]) else { return .unknown }
        switch length(Array(segment.dropFirst(4))) {
        case nil: return tooShort
        // A live recording: nothing says where it ends.
        case .open: return .unknown
        case .known(let bytes, let width):
            guard bytes > 0 else { return .unknown }
            let (end, overflow) = (start + 4 + width).addingReportingOverflow(bytes)
            guard !overflow else { return .unknown }
            return ContainerProbe.missing(from: file, size: size, needed: end) ?? .complete
        }
    }

    private enum Length {
        case known(Int64, width: Int64)
        case open
    }

    /// Reads a variable-length number (RFC 8794, 4); nil where bytes are missing.
    private static func length(_ bytes: [UInt8]) -> Length? {
        guard let first = bytes.first, first != 0 else { return bytes.isEmpty ? nil : .open }
        let width = first.leadingZeroBitCount + 1
        guard bytes.count >= width else { return nil }
        var value = Int64(first) & (0x7f >> Int64(width - 1))
        for byte in bytes[1..<width] { value = value << 8 | Int64(byte) }
        let allOnes = (Int64(1) << Int64(7 * width)) - 1
        return value == allOnes ? .open : .known(value, width: Int64(width))
    }
}
