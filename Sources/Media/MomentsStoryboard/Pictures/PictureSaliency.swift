internal import Glibc
public import MomentsMedia

/// Where in a picture something is to be seen: the middle of its detail, weighed towards its centre.
public enum PictureSaliency {
    private static let cells = 24

    /// Looks at a picture's brightness.
    ///
    /// - Parameter picture: The picture.
    /// - Returns: The place, as shares of its width and height, 0–1; the middle for an even one.
    public static func focus(of picture: PicturePlanes) -> (x: Double, y: Double) {
        let strengths = strengths(picture.planes[0], picture.width, picture.height)
        // What is everywhere, as grass or noise, draws nobody's eye: only what stands out of it counts.
        let usual = strengths.sorted()[strengths.count * 6 / 10]
        var (sum, x, y) = (0.0, 0.0, 0.0)
        for row in 0..<cells {
            for column in 0..<cells {
                let (across, down) = ((Double(column) + 0.5) / Double(cells), (Double(row) + 0.5) / Double(cells))
                let distance = (across - 0.5) * (across - 0.5) + (down - 0.5) * (down - 0.5)
                let weight = max(0, strengths[row * cells + column] - usual) * exp(-distance * 2.5)
                sum += weight
                x += weight * across
                y += weight * down
            }
        }
        return sum < 1e-6 ? (0.5, 0.5) : (x / sum, y / sum)
    }

    /// The mean edge strength of each cell, by the same measure as a frame's sharpness.
    private static func strengths(_ luma: [UInt8], _ width: Int, _ height: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: cells * cells)
        var counts = sums
        guard width > 2, height > 2 else { return sums }
        // A pixel in a few is enough, and half a megapixel at most is looked at.
        let step = max(1, Int((Double(width * height) / 500_000).squareRoot()))
        for y in stride(from: 1, to: height - 1, by: step) {
            for x in stride(from: 1, to: width - 1, by: step) {
                let index = y &* width &+ x
                let around =
                    Int(luma[index &- 1]) &+ Int(luma[index &+ 1]) &+ Int(luma[index &- width])
                    &+ Int(luma[index &+ width])
                let cell = y &* cells / height &* cells &+ x &* cells / width
                sums[cell] += Double(abs(4 &* Int(luma[index]) &- around))
                counts[cell] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    }
}
