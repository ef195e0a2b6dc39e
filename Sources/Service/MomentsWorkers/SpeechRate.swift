internal import MomentsCore

/// How much of a stream was read within a second, and when the next one begins where that is enough; pure.
struct SpeechRate: Sendable {
    private let most: (bytes: Int, lines: Int)
    private var second: Moment
    private var (bytes, lines) = (0, 0)

    /// Starts to count: so many bytes and lines are enough for a second.
    init(bytes: Int, lines: Int = .max, at now: Moment) {
        most = (bytes, lines)
        second = now
    }

    /// Counts what was read.
    ///
    /// - Returns: The moment before which no more is to be read; nil where there is none.
    mutating func add(bytes more: Int, lines moreLines: Int, at now: Moment) -> Moment? {
        if now >= second + .seconds(1) {
            second = now
            (bytes, lines) = (0, 0)
        }
        bytes += more
        lines += moreLines
        return bytes >= most.bytes || lines >= most.lines ? second + .seconds(1) : nil
    }
}
