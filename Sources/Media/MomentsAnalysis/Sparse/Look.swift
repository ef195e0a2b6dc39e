/// What a key picture shows, and what moves in it.
public struct Look: Sendable {
    /// The picture's place in the file.
    public let entry: Int
    /// The picture's place among those shown.
    public let number: Int
    /// When it is shown, in seconds.
    public let seconds: Double
    /// What it looks like.
    let print: Thumbprint
    /// How well it is taken.
    let quality: PictureQuality
    /// What moves until shortly after; nil where no other picture was decoded.
    let motion: Motion?

    /// What differs between the picture and the one shortly after.
    struct Motion: Sendable {
        /// Share of the picture that moves against the camera: 0…1.
        var subject: Float
        /// Speed of the camera in picture widths a second.
        var camera: Float
        /// Mean difference of the two, for each picture between them.
        var change: Float
        /// How much of the later one the earlier leaves unexplained.
        var mismatch: Float
    }

    /// Whether a later look shows another place, as no motion in between can explain.
    public func showsAnotherPlace(than later: Look, _ curve: SizeCurve) -> Bool {
        LookDifference(self, later).isAnotherPlace(curve)
    }
}
