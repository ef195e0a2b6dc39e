public import MomentsCore

/// The same reel in another shape, an entry of `further_reels` in `highlight.json`.
public struct HighlightAspect<Verification: Encodable & Sendable>: Encodable, Sendable {
    private let aspect: ReelAspect
    private let file: String
    private let width: Int
    private let height: Int
    private let duration: Double
    private let verification: Verification

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - aspect: The shape that was asked for.
    ///   - file: Its name beside `highlight.json`.
    ///   - width: Of its pictures, in pixels.
    ///   - height: Likewise.
    ///   - duration: How long it is, without what a voice adds.
    ///   - verification: What reading it back showed.
    public init(
        aspect: ReelAspect,
        file: String,
        width: Int,
        height: Int,
        duration: MediaTime,
        verification: Verification
    ) {
        (self.aspect, self.file, self.width, self.height) = (aspect, file, width, height)
        (self.duration, self.verification) = (duration.exportedSeconds, verification)
    }
}
