/// A small picture to look for subjects in: upright, square pixels, YUV 4:2:0 of limited range.
public struct SubjectFrame: Sendable {
    /// Width in pixels; even.
    public let width: Int
    /// Height in pixels; even.
    public let height: Int
    let luma: [UInt8]
    let cb: [UInt8]
    let cr: [UInt8]
    private let weights: SIMD4<Float>

    /// Makes a picture of planes; their sizes must fit.
    ///
    /// - Parameters:
    ///   - width: Even.
    ///   - height: Even.
    ///   - luma: Brightness, row by row.
    ///   - cb: Blue difference, of half the width and height.
    ///   - cr: Red difference.
    ///   - matrix: The name of the matrix it is coded by; one that is not known counts as BT.601.
    public init(width: Int, height: Int, luma: [UInt8], cb: [UInt8], cr: [UInt8], matrix: String = "") {
        precondition(width.isMultiple(of: 2) && height.isMultiple(of: 2), "4:2:0 needs even sides")
        precondition(luma.count == width * height && cb.count * 4 == luma.count && cr.count == cb.count, "planes fit")
        (self.width, self.height, self.luma, self.cb, self.cr) = (width, height, luma, cb, cr)
        let (red, blue): (Float, Float) =
            switch matrix {
            case "bt709": (0.2126, 0.0722)
            case "bt2020nc", "bt2020c": (0.2627, 0.0593)
            default: (0.299, 0.114)
            }
        let green = 1 - red - blue
        let scale: Float = 255.0 / 112
        weights = SIMD4(
            scale * (1 - red),
            -scale * (1 - red) * red / green,
            -scale * (1 - blue) * blue / green,
            scale * (1 - blue)
        )
    }

    /// A place between two rows or columns.
    struct Place {
        let low: Int
        let high: Int
        /// How near it is to the higher one, 0…1.
        let share: Float
    }

    /// Red, green and blue (0–255) at a place.
    func color(_ x: Place, _ y: Place) -> SIMD4<Float> {
        let top = Float(luma[y.low &* width &+ x.low]) * (1 - x.share) + Float(luma[y.low &* width &+ x.high]) * x.share
        let bottom =
            Float(luma[y.high &* width &+ x.low]) * (1 - x.share) + Float(luma[y.high &* width &+ x.high]) * x.share
        let light = (top * (1 - y.share) + bottom * y.share - 16) * (255.0 / 219)
        let chroma = y.low / 2 &* (width / 2) &+ x.low / 2
        let (blue, red) = (Float(cb[chroma]) - 128, Float(cr[chroma]) - 128)
        let color = SIMD4(
            light + weights.x * red,
            light + weights.y * red + weights.z * blue,
            light + weights.w * blue,
            0
        )
        return color.clamped(lowerBound: SIMD4(repeating: 0), upperBound: SIMD4(repeating: 255))
    }
}
