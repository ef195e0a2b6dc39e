internal import Glibc
internal import MomentsMedia

/// How good a frame looks as a still, from a small copy of it.
struct FrameMerit: Hashable, Sendable {
    /// Mean edge strength of the sharpest tenth of the frame, in grey levels.
    let sharpness: Double
    /// The luma's standard deviation, in grey levels.
    let contrast: Double
    /// Mean luma, 0 (black) to 1 (white).
    let brightness: Double
    /// Share of pixels that are black or nearly so.
    let dark: Double
    /// Share of pixels that are white or nearly so.
    let bright: Double
    /// How colourful it is: spread and strength of the colour differences, in steps.
    let colorfulness: Double
    /// Share of the frame in which lines repeat the line above: what decoders fill lost segments with.
    let smeared: Double

    /// Whether there is something to see: not black, not white, not one plain tone.
    var showsSomething: Bool { dark < 0.97 && bright < 0.97 && contrast > 2.5 }

    /// One figure for choosing among frames of the same video: sharpness × exposure × colour and contrast.
    ///
    /// Each factor levels off, so that none can make up for the lack of another: noise is no sharpness beyond some
    /// point, and a garish frame is no better than a colourful one.
    var score: Double {
        guard showsSomething else { return 0 }
        let sharp = sharpness / (sharpness + 12)
        // Best around the middle; half as good at a brightness of 0.15 or 0.85.
        let centred = exp(-pow((brightness - 0.48) / 0.4, 2))
        let unclipped = (1 - max(0, dark - 0.1)) * (1 - max(0, bright - 0.05))
        let lively = 0.5 + 0.25 * min(1, contrast / 55) + 0.25 * min(1, colorfulness / 30)
        return sharp * centred * unclipped * lively * (1 - smeared)
    }

    /// Measures the scaler's last frame.
    init(_ scaler: FrameScaler) {
        self.init(
            luma: scaler.luma,
            width: scaler.width,
            height: scaler.height,
            cb: scaler.cb,
            cr: scaler.cr
        )
    }

    /// Measures planes as the scaler makes them: limited range, a quarter of the pixels in each chroma plane.
    init(luma: [UInt8], width: Int, height: Int, cb: [UInt8], cr: [UInt8]) {
        precondition(luma.count >= width * height, "a luma plane is as large as it says")
        var (sum, squares, black, white): (UInt64, UInt64, Int, Int) = (0, 0, 0, 0)
        for value in luma {
            let level = UInt64(value)
            sum &+= level
            squares &+= level &* level
            if value < 26 { black &+= 1 }
            if value > 230 { white &+= 1 }
        }
        let count = Double(max(1, luma.count))
        let mean = Double(sum) / count
        contrast = max(0, Double(squares) / count - mean * mean).squareRoot()
        brightness = min(max((mean - 16) / 219, 0), 1)
        dark = Double(black) / count
        bright = Double(white) / count
        (sharpness, smeared) = Self.edges(luma, width, height)
        colorfulness = Self.colorfulness(cb, cr)
    }

    /// The mean gradient of the sharpest tenth of 8 × 8 blocks, and the share of blocks with gradients only sideways.
    ///
    /// Of the sharpest tenth: a sharp face before a soft background counts as sharp.
    private static func edges(_ luma: [UInt8], _ width: Int, _ height: Int) -> (sharpness: Double, smeared: Double) {
        guard width > 8, height > 8 else { return (0, 0) }
        var strengths: [UInt32] = []
        strengths.reserveCapacity((width / 8) * (height / 8))
        var repeated = 0
        for top in stride(from: 0, to: height - 8, by: 8) {
            for left in stride(from: 0, to: width - 8, by: 8) {
                // At most 64 × 255 each: far from overflowing.
                var (across, down): (UInt32, UInt32) = (0, 0)
                for y in top..<top &+ 8 {
                    let line = y &* width
                    for x in left..<left &+ 8 {
                        let here = Int32(luma[line &+ x])
                        across &+= UInt32(truncatingIfNeeded: abs(Int32(luma[line &+ x &+ 1]) &- here))
                        down &+= UInt32(truncatingIfNeeded: abs(Int32(luma[line &+ width &+ x]) &- here))
                    }
                }
                strengths.append(across &+ down)
                if across > 24, down &* 10 < across { repeated += 1 }
            }
        }
        strengths.sort(by: >)
        let sharpest = strengths.prefix(max(1, strengths.count / 10))
        let count = Double(max(1, strengths.count))
        return (Double(sharpest.reduce(0, &+)) / Double(max(1, sharpest.count)) / 64, Double(repeated) / count)
    }

    /// Hasler and Süsstrunk's measure on the two colour differences: their spread and a third of their mean.
    private static func colorfulness(_ cb: [UInt8], _ cr: [UInt8]) -> Double {
        let (blue, red) = (spread(cb), spread(cr))
        return (blue.variance + red.variance).squareRoot()
            + 0.3 * (blue.offset * blue.offset + red.offset * red.offset).squareRoot()
    }

    private static func spread(_ plane: [UInt8]) -> (offset: Double, variance: Double) {
        var (sum, squares): (UInt64, UInt64) = (0, 0)
        for value in plane {
            sum &+= UInt64(value)
            squares &+= UInt64(value) &* UInt64(value)
        }
        let count = Double(max(1, plane.count))
        let mean = Double(sum) / count
        return (mean - 128, max(0, Double(squares) / count - mean * mean))
    }
}
