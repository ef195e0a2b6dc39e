internal import MomentsCore

/// How much each signal counts, and what shots cost: every number of the choice that was fitted stands here.
///
/// Fitted on 54 judged clips, 31 of them of sure truth, 8-minute rolls of them and planted videos (November 2026; `moments
/// bench --judged FOLDER` measures them). A plain sum of few ranks within the video reaches 0.69 of the best choice on the
/// sure clips; ridge regression over 40 signals, checked clip by clip, reaches 0.70 and explains nothing. With a judge the
/// same holds: his scores, how far they stand out, and our ranks, weighted by two numbers.
/// Whether a face is seen adds 0.01 to either, where a model finds them; how large it is, how many there are, whether they
/// come or grow, and whole people add nothing.
enum ScoreWeights {
    /// The weight of a signal's ranks: what it counts without a taste, which is told where tastes are learnt.
    static func rank(_ signal: ScoreSignal) -> Float { Float(signal.tasted?.shipped ?? 0) }

    /// What one standard deviation of a judge's scores adds, in standard deviations of the sum of ranks.
    static let judge: Float = 2
    /// How much a judge's score counts once more by how far it lies above those around it.
    static let judgeContrast: Float = 1
    /// Seconds to both sides that are around it.
    static let judgeReach = 5.0

    /// What a mark adds, in standard deviations of the sum of ranks.
    static let mark: Float = 2

    /// What one standard deviation of how telling its words are adds, in standard deviations of the sum of ranks.
    static let words: Float = 1.8
    /// What it adds where all that people want is to be seen, in standard deviations of the sum of ranks.
    static let wish: Float = 8
    /// The shares of a video in which something is said: up to the first, words count little; from the second on, wholly.
    static let spoken: (Float, Float) = (0.05, 0.4)
    /// What is left of what saliency adds where nearly all of a video is speech: a gesture is no statement.
    static let salienceInTalk: Float = 0.4
    /// The shares of a video in which something is said, from which on it begins to be a talk, and is one.
    static let talk: (Float, Float) = (0.4, 0.7)
    /// What is left of what saliency adds where people say what they want.
    static let salienceBesideWish: Float = 0.4
    /// What cutting into a sentence costs, in seconds of one standard deviation.
    static let sentence: Float = 6
    /// What parting a question from its answer costs.
    static let question: Float = 2

    /// How much the place among the surroundings counts beside that in the whole video.
    static let near: (short: Float, long: Float) = (0.5, 1)
    /// Seconds to both sides that are the surroundings.
    static let surroundings = (short: 15.0, long: 20.0)
    /// The lengths of videos, in seconds: up to the first one is short, and its own surroundings; from the second on it is
    /// long, and what is usual in a moment's surroundings is taken off its saliency.
    static let long: (Float, Float) = (240, 400)

    /// The saliency from which on a moment stands out.
    static let outstanding: Float = 0.45
    /// What a saliency of 1 adds to the mean of ranks.
    static let saliency: Float = 0.1
    /// What it adds besides where little of the video is salient, so that what is cannot be chance.
    static let rareSaliency: Float = 1
    /// The saliency above that of the surroundings from which on it adds anything.
    static let salient: Float = 0.3
    /// The shares of the video that may be salient: up to the first it is rare, from the second on it is not.
    static let rare: (Float, Float) = (0.3, 0.45)
    /// What is left of the worth where one scene is mixed with the next.
    static let mixed: Float = 0.5

    /// What beginning or ending a shot costs, in seconds of one standard deviation of the score.
    static let edge: Float = 0.08
    /// How much more it costs amid the liveliest of the seconds around, and less in a lull, as a share.
    static let lull: Float = 2
    /// Seconds to both sides that a lull is told by.
    static let lullReach = 4.0
    /// What a cut inside a shot costs, in seconds of one standard deviation.
    static let cut: Float = 0.05
    /// Seconds of a shot from which on more of it is worth less than something new.
    static let knee = 3.0
    /// How much less, in standard deviations.
    static let dull: Float = 0.7
    /// What a shot costs that follows at once on another of the same scene, in seconds of one standard deviation.
    static let neighbour: Float = 2
    /// Seconds over which that cost falls to nothing.
    static let neighbourhood = 8.0
}
