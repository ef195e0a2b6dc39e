/// A picture in memory: red, green, blue and opacity, 8 bits each, colours multiplied by the opacity (sRGB).
public struct Bitmap: Hashable, Sendable {
    /// The width in pixels; at least 1.
    public let width: Int
    /// The height in pixels; at least 1.
    public let height: Int
    /// Four bytes a pixel, row after row from above, without gaps.
    public let bytes: [UInt8]

    /// Bytes of a pixel.
    public static let channels = 4

    /// Takes pixels; there must be exactly as many bytes as the size needs.
    public init(width: Int, height: Int, bytes: [UInt8]) {
        precondition(width > 0 && height > 0, "a picture has a size")
        precondition(bytes.count == width * height * Self.channels, "a picture has its pixels")
        (self.width, self.height, self.bytes) = (width, height, bytes)
    }

    /// A picture of one colour: red, green, blue and opacity, multiplied.
    public init(width: Int, height: Int, filledWith pixel: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)) {
        var bytes = [UInt8](repeating: 0, count: width * height * Self.channels)
        if pixel != (0, 0, 0, 0) {
            for place in stride(from: 0, to: bytes.count, by: Self.channels) {
                (bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3]) = pixel
            }
        }
        self.init(width: width, height: height, bytes: bytes)
    }

    /// The same picture's rows from one on; some must be left.
    public func rows(_ rows: Range<Int>) -> Bitmap {
        let line = width * Self.channels
        return Bitmap(
            width: width,
            height: rows.count,
            bytes: Array(bytes[rows.lowerBound * line..<rows.upperBound * line])
        )
    }

    /// The pixel at a place: red, green, blue and opacity, multiplied.
    public subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8, opacity: UInt8) {
        let place = (y * width + x) * Self.channels
        return (bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3])
    }
}
