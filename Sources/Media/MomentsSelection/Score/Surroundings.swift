internal import MomentsAnalysis

/// What of a video counts as the surroundings of a moment; a short one is its own.
struct Surroundings {
    /// How far the video is a long one, 0–1.
    let isLong: Float
    /// How far they reach to each side, in entries.
    let reach: Int
    /// What the rank within them counts beside that within the video, 0–1.
    let share: Float

    init(of saliency: Saliency) {
        let seconds = Float(Double(saliency.count) * Saliency.interval)
        isLong = ramp(seconds, ScoreWeights.long.0, ScoreWeights.long.1)
        let (short, long) = (ScoreWeights.surroundings.short, ScoreWeights.surroundings.long)
        reach = Int((short + Double(isLong) * (long - short)) / Saliency.interval)
        let near = ScoreWeights.near.short + isLong * (ScoreWeights.near.long - ScoreWeights.near.short)
        share = near / (1 + near)
    }
}
