/// How an encoder places key pictures: at a steady distance, or also where a new sight begins.
public struct KeySchedule: Sendable {
    /// Whether pictures that stand alone are found out of turn, as at cuts.
    public let placesCuts: Bool
    /// The seconds between key pictures, at most.
    public let longest: Double
    private let due: Set<Int>

    /// Reads the schedule.
    ///
    /// - Parameter pictures: All pictures in the file's order.
    public init(_ pictures: [CodedPicture]) {
        let keys = pictures.filter { $0.isIntra && $0.number >= 0 }.sorted { $0.number < $1.number }
        let gaps = zip(keys, keys.dropFirst()).map { $1.number - $0.number }
        let largest = gaps.max() ?? 0
        // Steady within a picture: coders round a distance given in seconds. A distance seldom met is chance, unless
        // it is a number that people choose.
        let steady = gaps.count { $0 >= largest - 1 }
        let rate = Self.rate(keys)
        let isChosen =
            largest % 50 == 0 || abs(rate - rate.rounded()) < 0.02 && largest % max(1, Int(rate.rounded())) == 0
        var due: Set<Int> = keys.first.map { [$0.number] } ?? []
        if isChosen || steady >= 3 && 5 * steady >= gaps.count {
            for (gap, key) in zip(gaps, keys.dropFirst()) where gap >= largest - 1 { due.insert(key.number) }
        }
        self.due = due
        placesCuts = gaps.contains { Double($0) < 0.9 * Double(largest) }
        longest = zip(keys, keys.dropFirst()).map { $1.seconds - $0.seconds }.max() ?? .infinity
    }

    /// Whether a picture stands alone only because it was its turn.
    public func isDue(_ number: Int) -> Bool { due.contains(number) }

    /// Pictures a second, from the first key picture to the last.
    private static func rate(_ keys: [CodedPicture]) -> Double {
        guard let first = keys.first, let last = keys.last, last.seconds > first.seconds else { return 0 }
        return Double(last.number - first.number) / (last.seconds - first.seconds)
    }
}
