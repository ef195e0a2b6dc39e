/// How much is done to find and cover whom nobody shall recognize.
struct CoverCare {
    /// Seconds between two pictures that are looked at; 0 for every frame.
    let step: Double
    /// The share of a model's threshold from which on a find is covered.
    let share: Double
    /// How far a cover reaches past the find to each side, as a share of it.
    let margin: Double
    /// How long a cover is there before the first find and behind the last, in seconds.
    let hold: Double
    /// Whether only one colour is left.
    let isFlat: Bool

    /// From what is enough for nearly all videos to what leaves least to chance; each is tried when the one before failed.
    static let all = [
        CoverCare(step: 0.1, share: 0.6, margin: 0.25, hold: 0.5, isFlat: false),
        CoverCare(step: 0.04, share: 0.3, margin: 0.4, hold: 0.7, isFlat: true),
        CoverCare(step: 0, share: 0.2, margin: 0.7, hold: 1, isFlat: true),
    ]
}
