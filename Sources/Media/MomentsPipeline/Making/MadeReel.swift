internal import MomentsCore
internal import MomentsEncoding
internal import MomentsRendering

/// A reel of one shape, as it was made.
struct MadeReel {
    let shape: ReelShape
    let reel: Reel
    /// What made it, and makes it anew where it does not pass its check.
    let maker: ReelMaker
    /// What is made unrecognizable in each of its shots; nil where all may be seen.
    let covers: [FrameCover]?
}
