/// Cuts a stream of bytes into lines of bounded length.
public struct LineSplitter: Sendable {
    /// The longest line that is given out, in bytes; a longer one is dropped whole.
    public let longest: Int
    /// Lines dropped so far for their length.
    public private(set) var dropped = 0

    private var pending: [UInt8] = []
    private var dropping = false

    /// Starts with nothing pending.
    public init(longest: Int) { self.longest = longest }

    /// Takes bytes and gives out every line they complete, without its line break.
    public mutating func add(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            keep(rest[..<end])
            if let line = take() { lines.append(line) }
            rest = rest[(end + 1)...]
        }
        keep(rest)
        return lines
    }

    /// Gives out what stands behind the last line break, if anything does.
    public mutating func finish() -> [UInt8]? { pending.isEmpty && !dropping ? nil : take() }

    private mutating func keep(_ piece: ArraySlice<UInt8>) {
        if pending.count + piece.count > longest { dropping = true }
        if dropping { pending = [] } else { pending += piece }
    }

    private mutating func take() -> [UInt8]? {
        defer {
            pending = []
            dropping = false
        }
        if dropping { dropped += 1 }
        return dropping ? nil : pending
    }
}
