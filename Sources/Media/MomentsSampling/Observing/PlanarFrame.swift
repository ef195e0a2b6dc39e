internal import MomentsMedia

/// A small frame of YUV 4:2:0, limited range, in arrays of its own.
struct PlanarFrame: Equatable {
    /// Width of the luma plane; even.
    private(set) var width: Int
    /// Height of the luma plane; even.
    private(set) var height: Int
    /// Luma, blue difference, red difference.
    private(set) var planes: [[UInt8]]

    init(width: Int, height: Int, planes: [[UInt8]]) {
        self.width = width
        self.height = height
        self.planes = planes
    }

    /// The frame the right way up.
    func turned(_ orientation: Orientation) -> PlanarFrame {
        guard orientation != .upright else { return self }
        let sizes = [(width, height), (width / 2, height / 2), (width / 2, height / 2)]
        let turned = zip(planes, sizes).map { Self.turned($0, $1.0, $1.1, orientation) }
        return orientation.swapsSides
            ? PlanarFrame(width: height, height: width, planes: turned)
            : PlanarFrame(width: width, height: height, planes: turned)
    }

    /// Mirrors a plane left to right where that is asked for, then turns it clockwise.
    private static func turned(_ plane: [UInt8], _ width: Int, _ height: Int, _ orientation: Orientation) -> [UInt8] {
        let (across, down) = orientation.swapsSides ? (height, width) : (width, height)
        return [UInt8](unsafeUninitializedCapacity: plane.count) { buffer, count in
            for y in 0..<down {
                for x in 0..<across {
                    var (fromX, fromY) =
                        switch orientation.rotation {
                        case 90: (y, height - 1 - x)
                        case 180: (width - 1 - x, height - 1 - y)
                        case 270: (width - 1 - y, x)
                        default: (x, y)
                        }
                    if orientation.isMirrored { fromX = width - 1 - fromX }
                    buffer[y * across + x] = plane[fromY * width + fromX]
                }
            }
            count = across * down
        }
    }

    /// Turns luma and differences to colours.
    ///
    /// - Parameter matrix: The name of the matrix the frame is coded by; one that is not known counts as BT.601.
    /// - Returns: Red, green and blue of each pixel in turn, 0–255.
    func rgb(matrix: String) -> [UInt8] {
        let (red, blue): (Float, Float) =
            switch matrix {
            case "bt709": (0.2126, 0.0722)
            case "bt2020nc", "bt2020c": (0.2627, 0.0593)
            default: (0.299, 0.114)
            }
        let green = 1 - red - blue
        return [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
            for y in 0..<height {
                for x in 0..<width {
                    let chroma = y / 2 * (width / 2) + x / 2
                    let luma = (Float(planes[0][y * width + x]) - 16) / 219
                    let (cb, cr) = ((Float(planes[1][chroma]) - 128) / 224, (Float(planes[2][chroma]) - 128) / 224)
                    let (r, b) = (luma + 2 * (1 - red) * cr, luma + 2 * (1 - blue) * cb)
                    let g = (luma - red * r - blue * b) / green
                    for (index, value) in [r, g, b].enumerated() {
                        buffer[(y * width + x) * 3 + index] = UInt8(min(max(value * 255 + 0.5, 0), 255))
                    }
                }
            }
            count = width * height * 3
        }
    }
}
