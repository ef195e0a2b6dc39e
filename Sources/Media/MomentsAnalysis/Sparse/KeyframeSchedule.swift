/// How an encoder places keyframes: at a steady distance, or also where a new sight begins.
public struct KeyframeSchedule: Sendable {
    /// Whether frames that stand alone are found out of turn, as at cuts.
    public let placesCuts: Bool
    /// The seconds between keyframes, at most.
    public let longest: Double
    private let due: Set<Int>

    /// Reads the schedule.
    ///
    /// - Parameter frames: All frames in the file's order.
    public init(_ frames: [CodedFrame]) {
        let keyframes = frames.filter { $0.isIntra && $0.number >= 0 }.sorted { $0.number < $1.number }
        let gaps = zip(keyframes, keyframes.dropFirst()).map { $1.number - $0.number }
        let largest = gaps.max() ?? 0
        // A distance seldom met is chance, unless it is a number that people choose. Coders that count in seconds round
        // it to one of two neighbours, each of which is then met often.
        let rate = Self.rate(keyframes)
        let isRound = abs(rate - rate.rounded()) < 0.02 && largest % max(1, Int(rate.rounded())) == 0
        func isSteady(_ gap: Int) -> Bool {
            let met = gaps.count { $0 == gap }
            return met >= 3 && 10 * met >= gaps.count
        }
        let longest = isSteady(largest) || isRound || largest % 50 == 0 ? [largest] : []
        let turns = Set(longest + (isSteady(largest - 1) ? [largest - 1] : []))
        var due: Set<Int> = keyframes.first.map { [$0.number] } ?? []
        for (gap, keyframe) in zip(gaps, keyframes.dropFirst()) where turns.contains(gap) {
            due.insert(keyframe.number)
        }
        self.due = due
        placesCuts = gaps.contains { Double($0) < 0.9 * Double(largest) }
        self.longest = zip(keyframes, keyframes.dropFirst()).map { $1.seconds - $0.seconds }.max() ?? .infinity
    }

    /// Whether a frame stands alone only because it was its turn.
    public func isDue(_ number: Int) -> Bool { due.contains(number) }

    /// Frames a second, from the first keyframe to the last.
    private static func rate(_ keyframes: [CodedFrame]) -> Double {
        guard let first = keyframes.first, let last = keyframes.last, last.seconds > first.seconds else { return 0 }
        return Double(last.number - first.number) / (last.seconds - first.seconds)
    }
}
