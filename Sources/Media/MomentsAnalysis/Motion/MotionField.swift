/// What one frame is made of, as seen from an earlier one.
struct MotionField: Sendable {
    /// Share of the frame's texture that no part of the earlier frame explains: 0 same, about 1 unrelated.
    var mismatch: Float = 0
    /// The camera's own motion, and what moves against it.
    var camera = CameraModel()
}
