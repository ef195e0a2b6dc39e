/// What a keyframe shows, and what moves in it.
public struct KeyframeSample: Hashable, Codable, Sendable {
    /// The frame's place in the file.
    public let entry: Int
    /// The frame's place among those shown.
    public let number: Int
    /// When it is shown, in seconds.
    public let seconds: Double
    /// What it looks like.
    let fingerprint: Fingerprint
    /// How well it is taken.
    let quality: FrameQuality
    /// What moves until shortly after; nil where no other frame was decoded.
    let motion: Motion?

    /// What differs between the frame and the one shortly after.
    struct Motion: Hashable, Codable, Sendable {
        /// Share of the frame that moves against the camera: 0…1.
        var subject: Float
        /// Speed of the camera in frame widths a second.
        var camera: Float
        /// Mean difference of the two, for each frame between them.
        var change: Float
        /// How much of the later one the earlier leaves unexplained.
        var mismatch: Float
    }

    /// Whether a later sample shows another place, as no motion in between can explain.
    public func showsAnotherPlace(than later: KeyframeSample, _ curve: PacketSizeCurve) -> Bool {
        KeyframeDifference(self, later).isAnotherPlace(curve)
    }
}
