/// What an H.264 sequence parameter set says, as far as copying depends on it (ITU-T H.264, 7.3.2.1.1).
struct SequenceHeader {
    /// Its number, which picture parameter sets refer to.
    let number: UInt32
    /// Whether fields can be coded apart.
    let mayHaveFields: Bool

    /// Reads a unit; nil where it is broken.
    init?(_ unit: UnsafeBufferPointer<UInt8>) {
        var reader = BitReader(unit: unit)
        reader.skip(8)
        let profile = reader.bits(8)
        reader.skip(16)
        number = reader.unsigned()
        if Self.profilesWithFormat.contains(profile) { Self.skipFormat(&reader) }
        _ = reader.unsigned()
        switch reader.unsigned() {
        case 0: _ = reader.unsigned()
        case 1:
            reader.skip(1)
            _ = (reader.signed(), reader.signed())
            for _ in 0..<min(255, reader.unsigned()) { _ = reader.signed() }
        default: break
        }
        _ = reader.unsigned()
        reader.skip(1)
        _ = (reader.unsigned(), reader.unsigned())
        mayHaveFields = !reader.flag()
        if reader.isPastEnd || number > 31 { return nil }
    }

    private static let profilesWithFormat: Set<UInt32> = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]

    private static func skipFormat(_ reader: inout BitReader) {
        let chroma = reader.unsigned()
        if chroma == 3 { reader.skip(1) }
        _ = (reader.unsigned(), reader.unsigned())
        reader.skip(1)
        guard reader.flag() else { return }
        for list in 0..<(chroma == 3 ? 12 : 8) where reader.flag() {
            var (last, next): (Int32, Int32) = (8, 8)
            for _ in 0..<(list < 6 ? 16 : 64) {
                if next != 0 { next = (last + reader.signed() + 256) & 255 }
                if next != 0 { last = next }
            }
        }
    }
}
