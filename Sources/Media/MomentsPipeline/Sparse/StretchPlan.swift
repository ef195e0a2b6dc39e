internal import MomentsAnalysis

/// What has to be decoded to watch some pictures.
struct StretchPlan: Sendable {
    /// Places in the file: from the key picture before to the last picture watched.
    let packets: Range<Int>
    /// Pictures to be watched, by the order shown.
    let watch: Range<Int>
    /// Where in the file the pictures to be watched begin.
    let watchFrom: Int

    /// What it costs, in pictures decoded whole; those that only lead to it cost about three fifths.
    func cost(isComplete: Bool) -> Double {
        let lead = Double(min(watchFrom, packets.upperBound) - packets.lowerBound)
        let shown = Double(packets.upperBound - min(watchFrom, packets.upperBound))
        return 0.6 * lead + (isComplete ? 1.2 : 0.7) * shown
    }
}

/// Finds the shortest stretch of the file for a stretch of the video.
struct StretchPlanner: Sendable {
    /// The place in the file of each picture shown.
    private let places: [Int]
    /// Key pictures by the order shown, with their places in the file.
    private let keys: [(number: Int, place: Int)]

    init(_ pictures: [CodedPicture]) {
        var places = [Int](repeating: 0, count: pictures.count { $0.number >= 0 })
        for (place, picture) in pictures.enumerated() where picture.number >= 0 { places[picture.number] = place }
        self.places = places
        keys = pictures.indices.filter { pictures[$0].isKey && pictures[$0].number >= 0 }
            .map { (pictures[$0].number, $0) }.sorted { $0.number < $1.number }
    }

    /// The stretch for some pictures; nil where none can be decoded.
    func plan(_ watch: Range<Int>) -> StretchPlan? {
        let watch = watch.clamped(to: 0..<places.count)
        guard !watch.isEmpty, let key = keys.last(where: { $0.number <= watch.lowerBound }) else { return nil }
        let shown = places[watch]
        guard let first = shown.min(), let last = shown.max(), key.place <= last else { return nil }
        return StretchPlan(packets: key.place..<last + 1, watch: watch, watchFrom: max(first, key.place))
    }

    /// The last key picture shown no later than another; nil where there is none.
    func key(before number: Int) -> Int? { keys.last { $0.number <= number }?.number }

    /// The key pictures among some, by the order shown.
    func keys(in numbers: Range<Int>) -> [Int] { keys.map(\.number).filter { numbers.contains($0) } }
}
