public import MomentsCore

/// Which of the pictures that were kept are looked at: some all over the video, most where moments are about to be chosen.
public enum LookPlan {
    /// How many pictures are looked at by default.
    ///
    /// Half a second apart in short videos, which are decoded from end to end; of long ones as many as cost less than three
    /// hundredths of decoding them.
    ///
    /// - Parameter seconds: How long the video is.
    /// - Returns: At least 1.
    public static func budget(_ seconds: Double) -> Int {
        isShort(seconds) ? max(1, min(60, Int(seconds * 2))) : max(16, Int(seconds / 36))
    }

    /// Whether a video is so short that a second look at each picture does not count beside decoding it.
    ///
    /// - Parameter seconds: How long the video is.
    /// - Returns: Whether it is.
    public static func isShort(_ seconds: Double) -> Bool { seconds <= 120 }

    /// Chooses pictures.
    ///
    /// - Parameters:
    ///   - times: When the pictures that were kept are shown, rising.
    ///   - chosen: The segments that matter.
    ///   - budget: The most pictures.
    /// - Returns: The places of those to look at, rising.
    public static func places(_ times: [MediaTime], chosen: [TimeRange], budget: Int) -> [Int] {
        guard times.count > budget else { return Array(times.indices) }
        let inside = times.indices.filter { place in chosen.contains { $0.contains(times[place]) } }
        // A third sees the whole video; where nothing is about to be chosen, all of it.
        let across = spread(Array(times.indices), inside.isEmpty ? budget : budget / 3, times)
        var wanted = Set(across)
        wanted.formUnion(spread(inside.filter { !wanted.contains($0) }, budget - wanted.count, times))
        return wanted.sorted()
    }

    /// So many of some places, evenly in order.
    private static func spread(_ places: [Int], _ count: Int, _ times: [MediaTime]) -> [Int] {
        guard count > 0 else { return [] }
        guard places.count > count else { return places }
        return (0..<count).map { places[($0 * 2 + 1) * places.count / (2 * count)] }
    }
}
