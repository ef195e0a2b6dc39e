/// Gives coded frames their decoding times by the times they are shown alone.
///
/// Each is decoded when the frame `delay` places before it in the order of showing is shown, so that times rise evenly
/// whatever the coders' own were, and none is later than it is shown.
struct DecodingClock {
    private let delay: Int
    private let step: Int64
    /// The times shown of frames that are still to lend theirs.
    private var waiting: [Int64] = []
    private var count = 0
    private var first: Int64 = 0

    /// Makes a clock.
    ///
    /// - Parameters:
    ///   - delay: How many frames may be decoded before one that is shown earlier than they are.
    ///   - step: About how long a frame lasts, in ticks; at least 1.
    init(delay: Int, step: Int64) {
        self.delay = delay
        self.step = max(1, step)
    }

    /// The decoding time of the next frame in coded order.
    ///
    /// - Parameter shown: When it is shown, in ticks; the first of all is shown first.
    /// - Returns: The time in ticks; nil where frames are out of order by more than the delay.
    mutating func time(of shown: Int64) -> Int64? {
        if count == 0 { first = shown }
        let place = waiting.firstIndex { $0 > shown } ?? waiting.count
        waiting.insert(shown, at: place)
        defer { count += 1 }
        if count < delay { return first - Int64(delay - count) * step }
        let time = waiting.removeFirst()
        return time <= shown ? time : nil
    }
}
