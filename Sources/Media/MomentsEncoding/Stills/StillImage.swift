/// A small picture of YUV 4:2:0, limited range, in arrays of its own: upright, with square pixels.
public struct StillImage: Hashable, Sendable {
    /// Width in pixels; even.
    public let width: Int
    /// Height in pixels; even.
    public let height: Int
    /// Brightness, row by row.
    public private(set) var luma: [UInt8]
    /// Blue difference, of half the width and height.
    public private(set) var cb: [UInt8]
    /// Red difference, of half the width and height.
    public private(set) var cr: [UInt8]

    /// Makes a picture of planes; their sizes must fit.
    public init(width: Int, height: Int, luma: [UInt8], cb: [UInt8], cr: [UInt8]) {
        precondition(width.isMultiple(of: 2) && height.isMultiple(of: 2), "4:2:0 needs even sides")
        precondition(luma.count == width * height && cb.count * 4 == luma.count && cr.count == cb.count, "planes fit")
        (self.width, self.height) = (width, height)
        (self.luma, self.cb, self.cr) = (luma, cb, cr)
    }

    /// Makes a picture of one grey; both sides must be even.
    public init(width: Int, height: Int, grey: UInt8) {
        let chroma = [UInt8](repeating: 128, count: width * height / 4)
        self.init(
            width: width,
            height: height,
            luma: [UInt8](repeating: grey, count: width * height),
            cb: chroma,
            cr: chroma
        )
    }

    /// Lays another picture into this one; both places must be even, and all of it inside.
    public mutating func lay(_ other: StillImage, atX x: Int, y: Int) {
        precondition(x >= 0 && y >= 0 && x + other.width <= width && y + other.height <= height, "it fits")
        Self.copy(other.luma, other.width, other.height, &luma, width, x, y)
        Self.copy(other.cb, other.width / 2, other.height / 2, &cb, width / 2, x / 2, y / 2)
        Self.copy(other.cr, other.width / 2, other.height / 2, &cr, width / 2, x / 2, y / 2)
    }

    private static func copy(
        _ source: [UInt8],
        _ width: Int,
        _ height: Int,
        _ target: inout [UInt8],
        _ stride: Int,
        _ x: Int,
        _ y: Int
    ) {
        for row in 0..<height {
            let start = (y + row) * stride + x
            target.replaceSubrange(start..<start + width, with: source[row * width..<(row + 1) * width])
        }
    }

    /// Sets the brightness of a rectangle, and takes its colour away; what lies outside is left out.
    public mutating func fill(x: Range<Int>, y: Range<Int>, grey: UInt8) {
        let (across, down) = (x.clamped(to: 0..<width), y.clamped(to: 0..<height))
        for row in down {
            for column in across {
                luma[row * width + column] = grey
                let place = row / 2 * (width / 2) + column / 2
                (cb[place], cr[place]) = (128, 128)
            }
        }
    }

    /// The same at half the size; a last odd line or column is left out.
    public func halved() -> StillImage {
        let (across, down) = (max(2, width / 4 * 2), max(2, height / 4 * 2))
        return StillImage(
            width: across,
            height: down,
            luma: Self.halved(luma, width, height, across, down),
            cb: Self.halved(cb, width / 2, height / 2, across / 2, down / 2),
            cr: Self.halved(cr, width / 2, height / 2, across / 2, down / 2)
        )
    }

    private static func halved(_ plane: [UInt8], _ width: Int, _ height: Int, _ across: Int, _ down: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: across * down) { buffer, count in
            for row in 0..<down {
                for column in 0..<across {
                    let (left, top) = (min(2 * column, width - 1), min(2 * row, height - 1))
                    let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
                    let sum =
                        UInt32(plane[top &* width &+ left]) &+ UInt32(plane[top &* width &+ right])
                        &+ UInt32(plane[bottom &* width &+ left]) &+ UInt32(plane[bottom &* width &+ right])
                    buffer[row &* across &+ column] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
                }
            }
            count = across * down
        }
    }
}
