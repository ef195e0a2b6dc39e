internal import MomentsSystem

/// Reads the facts of a Matroska file from what stands before its pictures; nothing of it is believed further than that.
enum MatroskaFacts {
    /// Bytes read of a file.
    static let looked = 256 << 10

    /// What the first bytes of a file tell; nil where its tracks and its length are not in there.
    static func read(_ bytes: [UInt8]) -> PartFacts? {
        guard let segment = elements(bytes, 0..<bytes.count).first(where: { $0.kind == 0x1853_8067 })?.content else {
            return nil
        }
        let parts = elements(bytes, segment)
        guard let tracks = parts.first(where: { $0.kind == 0x1654_AE6B })?.content,
            let length = parts.first(where: { $0.kind == 0x1549_A966 })?.content
        else { return nil }
        let facts = elements(bytes, length)
        // In nanoseconds; a millisecond where nothing says.
        let scale = facts.first { $0.kind == 0x2A_D7B1 }.map { number(bytes, $0.content) } ?? 1_000_000
        guard let ticks = facts.first(where: { $0.kind == 0x4489 }).flatMap({ real(bytes, $0.content) }) else {
            return nil
        }
        let duration = ticks * Double(scale) / 1e9
        guard duration > 0, duration < 1e9 else { return nil }
        var streams: [String] = []
        for track in elements(bytes, tracks) where track.kind == 0xAE {
            var digest = SHA256()
            for piece in elements(bytes, track.content) {
                switch piece.kind {
                // Kind, codec and what its decoder is given; size, or rate and channels.
                case 0x83, 0x86, 0x63A2: digest.update([UInt8](bytes[piece.content]))
                case 0xE0, 0xE1:
                    for form in elements(bytes, piece.content) where [0xB0, 0xBA, 0xB5, 0x9F].contains(form.kind) {
                        digest.update([UInt8(form.kind)] + bytes[form.content])
                    }
                default: break
                }
            }
            streams.append(String(digest.finish().prefix(16)))
        }
        guard !streams.isEmpty else { return nil }
        return PartFacts(streams: "mkv:" + streams.joined(separator: " "), duration: duration)
    }

    private typealias Element = (kind: UInt64, content: Range<Int>)

    private static let mostElements = 1000

    /// The elements in a range (RFC 8794); the last one ends where the range does.
    private static func elements(_ bytes: [UInt8], _ range: Range<Int>) -> [Element] {
        var found: [Element] = []
        var place = range.lowerBound
        while place < range.upperBound, found.count < mostElements {
            guard let kind = variable(bytes, place, range.upperBound, keepsMark: true),
                let length = variable(bytes, place + kind.width, range.upperBound, keepsMark: false)
            else { break }
            let start = place + kind.width + length.width
            let isOpen = length.value == (UInt64(1) << UInt64(7 * length.width)) - 1
            let rest = UInt64(range.upperBound - start)
            let end = isOpen || length.value > rest ? range.upperBound : start + Int(length.value)
            found.append((kind.value, start..<end))
            place = end
        }
        return found
    }

    private static func variable(
        _ bytes: [UInt8],
        _ place: Int,
        _ end: Int,
        keepsMark: Bool
    ) -> (value: UInt64, width: Int)? {
        guard place < end, bytes[place] != 0 else { return nil }
        let width = bytes[place].leadingZeroBitCount + 1
        guard place + width <= end else { return nil }
        let first = keepsMark ? UInt64(bytes[place]) : UInt64(bytes[place]) & (0x7F >> UInt64(width - 1))
        return (bytes[place + 1..<place + width].reduce(first) { $0 << 8 | UInt64($1) }, width)
    }

    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        bytes[range].suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func real(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
        let value: Double
        switch range.count {
        case 4: value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: number(bytes, range))))
        case 8: value = Double(bitPattern: number(bytes, range))
        default: return nil
        }
        return value.isFinite ? value : nil
    }
}
