internal import MomentsCore
internal import MomentsRendering

/// A shape a reel is made in, and which part of the picture it shows.
struct ReelShape {
    let aspect: ReelAspect
    /// Which part is shown; nil for all.
    let framing: ReelFraming?
    /// The name of its file, among those of all shapes.
    let fileName: String

    /// The name of the first one's.
    static let firstFileName = "highlight.mp4"

    /// The shapes of a job's reel: the first one's file is `highlight.mp4`.
    ///
    /// - Parameters:
    ///   - aspects: At least one.
    ///   - framing: Which part of the picture a shape shows.
    /// - Returns: One for each, in their order.
    static func all(_ aspects: [ReelAspect], framing: (ReelAspect) -> ReelFraming?) -> [ReelShape] {
        aspects.enumerated().map { number, aspect in
            ReelShape(
                aspect: aspect,
                framing: framing(aspect),
                fileName: number == 0 ? firstFileName : "highlight-\(aspect.fileSuffix).mp4"
            )
        }
    }
}
