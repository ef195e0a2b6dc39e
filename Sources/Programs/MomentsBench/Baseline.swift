/// What a reel of the same length and as many shots scores without looking at the video.
public struct Baseline: Hashable, Encodable, Sendable {
    /// Shots spread evenly over the video.
    public let uniform: PlantedScore
    /// Shots anywhere: the mean of 200 draws, the same at each call.
    public let random: PlantedScore

    /// Scores the two.
    ///
    /// - Parameters:
    ///   - shots: The reel they are held against.
    ///   - truth: What is known of the video.
    ///   - target: How long the reel was to be, in seconds.
    public init(for shots: [Span], truth: PlantedTruth, target: Double) {
        let count = max(1, shots.count)
        let each = shots.seconds / Double(count)
        let even = (0..<count).map { index in
            let middle = (Double(index) + 0.5) * truth.duration / Double(count)
            return Span(middle - each / 2, middle + each / 2)
        }
        uniform = PlantedScore(of: even, against: truth, target: target)
        var generator = SeededGenerator(seed: 1)
        let room = max(0, truth.duration - each)
        let draws = (0..<200).map { _ in
            let drawn = (0..<count).map { _ in
                let start = Double.random(in: 0...room, using: &generator)
                return Span(start, start + each)
            }
            return PlantedScore(of: drawn, against: truth, target: target)
        }
        random = PlantedScore(meanOf: draws)
    }
}
