/// How well a frame is taken: sharpness and exposure, from its luma plane.
struct FrameQuality: Hashable, Codable, Sendable {
    /// Mean edge strength of the sharpest tenth of the frame, in grey levels.
    var sharpness: Float = 0
    /// Share of pixels that are black or nearly so: 0…1.
    var dark: Float = 0
    /// Share of pixels that are white or nearly so: 0…1.
    var bright: Float = 0

    /// Measures a tight luma plane of the analysis size; about 30 µs.
    init(luma: [UInt8], size: AnalysisSize) {
        precondition(luma.count >= size.width * size.height)
        let (columns, rows, width) = (size.width / 8, size.height / 8, size.width)
        var strengths = [UInt32](repeating: 0, count: columns * rows)
        var (black, white): (UInt32, UInt32) = (0, 0)
        for y in 1..<size.height - 1 {
            let (line, blocks) = (y &* width, (y >> 3) &* columns)
            for column in 0..<columns {
                var (sum, low, high): (UInt32, UInt32, UInt32) = (0, 0, 0)
                let from = max(1, column &* 8)
                let to = min(width &- 1, column &* 8 &+ 8)
                for x in from..<to {
                    let index = line &+ x
                    let middle = Int32(luma[index])
                    let around =
                        Int32(luma[index &- 1]) &+ Int32(luma[index &+ 1]) &+ Int32(luma[index &- width])
                        &+ Int32(luma[index &+ width])
                    sum &+= UInt32(truncatingIfNeeded: abs(4 &* middle &- around))
                    low &+= middle < 26 ? 1 : 0
                    high &+= middle > 230 ? 1 : 0
                }
                strengths[blocks &+ column] &+= sum
                black &+= low
                white &+= high
            }
        }
        strengths.sort(by: >)
        let sharpest = strengths.prefix(max(1, strengths.count / 10))
        let pixels = Float((size.width - 2) * (size.height - 2))
        sharpness = Float(sharpest.reduce(0, &+)) / Float(sharpest.count * 64 * 4)
        dark = Float(black) / pixels
        bright = Float(white) / pixels
    }

    /// Nothing measured yet.
    init() {}
}
