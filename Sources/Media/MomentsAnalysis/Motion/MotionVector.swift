/// Where a block of the earlier frame went, in pixels.
struct MotionVector: Equatable {
    var dx: Int32 = 0
    var dy: Int32 = 0
}
