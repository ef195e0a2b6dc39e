/// How an encoder places key pictures: at a steady distance, or also where a new sight begins.
public struct KeySchedule: Sendable {
    /// Whether pictures that stand alone are found out of turn, as at cuts.
    public let placesCuts: Bool
    /// The seconds between key pictures, at most.
    public let longest: Double
    /// The seconds between key pictures, at the middle.
    public let usual: Double
    private let due: Set<Int>

    /// Reads the schedule.
    ///
    /// - Parameter pictures: All pictures in the file's order.
    public init(_ pictures: [CodedPicture]) {
        let keys = pictures.filter { $0.isIntra && $0.number >= 0 }.sorted { $0.number < $1.number }
        let gaps = zip(keys, keys.dropFirst()).map { $1.number - $0.number }
        let sorted = gaps.sorted()
        let largest = sorted.last ?? 0
        // Steady within a picture or two: coders round a distance given in seconds.
        var due: Set<Int> = keys.first.map { [$0.number] } ?? []
        for (gap, key) in zip(gaps, keys.dropFirst()) where gap >= largest - 1 || Double(gap) >= 0.97 * Double(largest)
        {
            due.insert(key.number)
        }
        self.due = due
        placesCuts = gaps.contains { Double($0) < 0.9 * Double(largest) }
        let seconds = zip(keys, keys.dropFirst()).map { $1.seconds - $0.seconds }.sorted()
        longest = seconds.last ?? .infinity
        usual = seconds.isEmpty ? .infinity : seconds[seconds.count / 2]
    }

    /// Whether a picture stands alone only because it was its turn.
    public func isDue(_ number: Int) -> Bool { due.contains(number) }
}
