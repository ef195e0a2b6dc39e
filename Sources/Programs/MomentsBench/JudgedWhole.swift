/// How many events a reel shows whole, which is to say four fifths of them.
public struct JudgedWhole: Hashable, Sendable {
    /// Events shown whole, by weight; nil without any event.
    public let recall: Double?
    /// The highest such recall that any choice of the same length can reach.
    public let best: Double?

    /// The step in which lengths are tried, in seconds.
    private static let step = 0.05

    /// Counts them.
    ///
    /// - Parameters:
    ///   - reel: The reel's stretches of the video, no second of them twice.
    ///   - truth: What is known of the video.
    public init(of reel: [Span], against truth: JudgedTruth) {
        let total = truth.events.reduce(0) { $0 + $1.weight }
        guard total > 0 else {
            recall = nil
            best = nil
            return
        }
        let whole = truth.events.filter { $0.share(in: reel) >= 0.8 }
        recall = whole.reduce(0) { $0 + $1.weight } / total
        best = Self.most(of: truth.events, in: reel.seconds) / total
    }

    /// The highest weight that fits, each event in or out (a knapsack filled step by step).
    private static func most(of events: [JudgedTruth.Event], in seconds: Double) -> Double {
        let room = Int(seconds / step + 1e-6)
        var table = [Double](repeating: 0, count: room + 1)
        for event in events {
            let size = max(1, Int(0.8 * event.need / step + 0.999))
            for filled in stride(from: room, through: size, by: -1) {
                table[filled] = max(table[filled], table[filled - size] + event.weight)
            }
        }
        return table[room]
    }
}
