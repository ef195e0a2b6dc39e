internal import MomentsCore
internal import MomentsRendering

/// A reel of one shape that passed its check.
struct ProvedReel {
    let shape: ReelShape
    /// The reel, perhaps another one than was rendered.
    let reel: Reel
    let verification: Verification
}
