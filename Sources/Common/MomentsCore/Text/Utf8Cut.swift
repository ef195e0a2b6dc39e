/// Cutting bytes so that no character of UTF-8 is split.
public enum Utf8Cut {
    /// The first bytes, so many at most.
    public static func prefix(of bytes: [UInt8], atMost count: Int) -> ArraySlice<UInt8> {
        guard bytes.count > count else { return bytes[...] }
        var end = count
        // A character has at most three bytes behind its first one; more is no UTF-8 anyway.
        while end > 0, end > count - 3, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return bytes[..<end]
    }
}
