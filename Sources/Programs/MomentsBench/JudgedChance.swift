/// Reels made without looking at the video, each of shots of about three seconds.
public enum JudgedChance {
    /// Shots spread evenly.
    ///
    /// - Parameters:
    ///   - duration: Seconds of the video.
    ///   - length: Seconds of the reel.
    /// - Returns: The shots; all of a video that is shorter than the reel.
    public static func uniform(over duration: Double, length: Double) -> [Span] {
        guard length < duration else { return [Span(0, duration)] }
        let count = shots(in: length)
        let each = length / Double(count)
        return (0..<count).map { index in
            let middle = (Double(index) + 0.5) * duration / Double(count)
            return Span(middle - each / 2, middle + each / 2)
        }
    }

    /// Shots anywhere, none over another: the same for the same seed.
    ///
    /// - Parameters:
    ///   - duration: Seconds of the video.
    ///   - length: Seconds of the reel.
    ///   - seed: Which draw.
    /// - Returns: The shots; all of a video that is shorter than the reel.
    public static func random(over duration: Double, length: Double, seed: UInt32) -> [Span] {
        guard length < duration else { return [Span(0, duration)] }
        let count = shots(in: length)
        let each = length / Double(count)
        var generator = MersenneTwister(seed: seed)
        let places = (0..<count).map { _ in generator.uniform(below: duration - length) }.sorted()
        return places.enumerated().map { index, place in
            Span(place + Double(index) * each, place + Double(index + 1) * each)
        }
    }

    private static func shots(in length: Double) -> Int { max(1, Int(length / 3 + 0.5)) }
}
