/// How much of a shot was taken over from the source without encoding.
public struct ShotCopy: Hashable, Codable, Sendable {
    /// The share of its frames: 0–1.
    public let share: Double
    /// Why it is not more, in half a sentence; nil where all is copied, or copying was not asked for.
    public let reason: String?

    /// Nothing, because nothing was to be.
    static let none = ShotCopy(share: 0, reason: nil)
}
