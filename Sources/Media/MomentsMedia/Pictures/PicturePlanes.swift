/// A picture in full colour: 8-bit YUV 4:4:4 of limited range, BT.709; upright, with square pixels.
public struct PicturePlanes: Sendable {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// Brightness, blue and red difference, each row by row.
    public let planes: [[UInt8]]

    /// Makes a picture of three planes of its size.
    public init(width: Int, height: Int, planes: [[UInt8]]) {
        precondition(planes.count == 3 && planes.allSatisfy { $0.count == width * height }, "planes fit")
        (self.width, self.height, self.planes) = (width, height, planes)
    }
}
