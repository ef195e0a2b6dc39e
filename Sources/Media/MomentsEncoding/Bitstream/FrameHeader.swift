/// What the first bits of a VP9 or AV1 packet say: each is one frame as shown, with all that is hidden inside.
enum FrameHeader {
    /// What a VP9 packet is (VP9 bitstream specification, 6.2); every keyframe needs nothing from before.
    static func vp9(_ packet: UnsafeBufferPointer<UInt8>) -> BitstreamSyntax.Role {
        var reader = BitReader(plain: packet.prefix(16))
        guard reader.bits(2) == 2 else { return .unfit("a coded picture of it is damaged") }
        if vp9Profile(&reader) == 3 { reader.skip(1) }
        if reader.flag() { return .frame(.none) }
        return .frame(reader.flag() ? .none : .closed)
    }

    /// The size a VP9 keyframe says it has; nil for any other packet.
    static func vp9Size(_ packet: UnsafeBufferPointer<UInt8>) -> (width: Int, height: Int)? {
        guard vp9(packet) == .frame(.closed) else { return nil }
        var reader = BitReader(plain: packet.prefix(16))
        reader.skip(2)
        let profile = vp9Profile(&reader)
        if profile == 3 { reader.skip(1) }
        // Marks of showing and of resilience, and the code that says: a keyframe.
        reader.skip(4 + 24)
        if profile >= 2 { reader.skip(1) }
        let isRGB = reader.bits(3) == 7
        if !isRGB { reader.skip(1) }
        if profile == 1 || profile == 3 { reader.skip(isRGB ? 1 : 3) }
        return (Int(reader.bits(16)) + 1, Int(reader.bits(16)) + 1)
    }

    private static func vp9Profile(_ reader: inout BitReader) -> Int {
        let low = reader.bits(1)
        return Int(reader.bits(1) << 1 | low)
    }

    /// What an AV1 packet is (AV1 bitstream specification, 5.3 to 5.9): it starts where a keyframe is shown at once and
    /// the sequence's header stands with it, since an edge's encoder has another one.
    static func av1(_ packet: UnsafeBufferPointer<UInt8>) -> BitstreamSyntax.Role {
        var (hasSequence, role) = (false, BitstreamSyntax.Role?.none)
        let isWhole = forEachOBU(of: packet) { kind, unit, content in
            var reader = BitReader(plain: content.prefix(2))
            switch kind {
            case sequence:
                hasSequence = true
                reader.skip(3)
                // Frames that stand alone have shorter headers.
                if reader.bits(2) != 0 { role = .unfit("it is a still picture") }
            case frameHeader, frame:
                if role != nil { return }
                let isShownAgain = reader.flag()
                let isKeyframe = reader.bits(2) == 0
                let isShown = reader.flag()
                role = .frame(!isShownAgain && isKeyframe && isShown && hasSequence ? .closed : .none)
            default: break
            }
        }
        return isWhole ? role ?? .other : .unfit("a coded picture of it is damaged")
    }

    /// An AV1 packet as MP4 keeps it: without marks of time and what no decoder needs.
    static func av1Content(_ packet: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(packet.count)
        _ = forEachOBU(of: packet) { kind, unit, _ in
            if !superfluous.contains(kind) { content += unit }
        }
        return content
    }

    /// Hands over the units of an AV1 packet: kind, all of it, and its content; false where their lengths make no
    /// sense.
    private static func forEachOBU(
        of packet: UnsafeBufferPointer<UInt8>,
        _ body: (UInt8, Slice<UnsafeBufferPointer<UInt8>>, Slice<UnsafeBufferPointer<UInt8>>) -> Void
    ) -> Bool {
        var place = 0
        while place < packet.count {
            let head = packet[place]
            var start = place + (head & 4 != 0 ? 2 : 1)
            var length = packet.count - start
            if head & 2 != 0 {
                length = 0
                var shift = 0
                while true {
                    guard start < packet.count, shift < 56 else { return false }
                    length |= Int(packet[start] & 127) << shift
                    start += 1
                    shift += 7
                    if packet[start - 1] & 128 == 0 { break }
                }
            }
            guard head & 128 == 0, length >= 0, length <= packet.count - start else { return false }
            body(head >> 3 & 15, packet[place..<start + length], packet[start..<start + length])
            place = start + length
        }
        return true
    }

    private static let sequence: UInt8 = 1
    private static let frameHeader: UInt8 = 3
    private static let frame: UInt8 = 6
    /// Temporal delimiters, repeated headers, lists of tiles, padding.
    private static let superfluous: Set<UInt8> = [2, 7, 8, 15]
}
