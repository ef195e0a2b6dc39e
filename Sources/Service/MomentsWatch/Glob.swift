public import MomentsCore

/// A shell pattern for names, matched byte by byte: `*`, `?`, `[a-z]`, `[!a-z]`, and `\` before any of them.
public struct Glob: Hashable, Sendable {
    /// The pattern as it was written.
    public let pattern: String

    private let bytes: [UInt8]

    /// Takes any text; a bracket that is never closed stands for itself.
    public init(_ pattern: String) {
        self.pattern = pattern
        bytes = Array(pattern.utf8)
    }

    /// Whether the whole of `name` matches; `*` and `?` match a slash and a leading dot too.
    ///
    /// Cost: at most length of the pattern × length of the name.
    public func matches(_ name: FilePath) -> Bool {
        let text = name.bytes
        var (place, at) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while at < text.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place + 1, at)
                place += 1
            } else if let next = step(from: place, over: text[at]) {
                place = next
                at += 1
            } else if let back = star {
                // Only the last star ever needs to take more: this keeps hostile names from costing exponential time.
                star = (back.pattern, back.text + 1)
                (place, at) = (back.pattern, back.text + 1)
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// The place in the pattern after it has matched one byte, or nil when it does not match.
    private func step(from place: Int, over byte: UInt8) -> Int? {
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "?"): return place + 1
        case UInt8(ascii: "\\") where place + 1 < bytes.count: return bytes[place + 1] == byte ? place + 2 : nil
        case UInt8(ascii: "["):
            guard let set = set(at: place) else { return byte == bytes[place] ? place + 1 : nil }
            return set.contains(byte) != set.negated ? set.end : nil
        default: return bytes[place] == byte ? place + 1 : nil
        }
    }

    private struct ByteSet {
        var ranges: [ClosedRange<UInt8>] = []
        var negated = false
        var end = 0

        func contains(_ byte: UInt8) -> Bool { ranges.contains { $0.contains(byte) } }
    }

    private func set(at start: Int) -> ByteSet? {
        var set = ByteSet()
        var place = start + 1
        if place < bytes.count, bytes[place] == UInt8(ascii: "!") || bytes[place] == UInt8(ascii: "^") {
            set.negated = true
            place += 1
        }
        let first = place
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "]"), place > first {
                set.end = place + 1
                return set
            }
            let low = bytes[place]
            if place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "-"), bytes[place + 2] != UInt8(ascii: "]") {
                let high = bytes[place + 2]
                if low <= high { set.ranges.append(low...high) }
                place += 3
            } else {
                set.ranges.append(low...low)
                place += 1
            }
        }
        return nil
    }
}
