internal import CLibAV
internal import Glibc
internal import MomentsMedia

/// How the colours of a picture become values of a frame.
struct OverlayColors: Equatable {
    /// The matrix's name: "bt709", "bt601", "bt2020", "smpte240m" or "fcc".
    let matrix: String
    /// Whether values use all of their range.
    let isFullRange: Bool
    /// How brightness is coded.
    let transfer: AVColorTransferCharacteristic

    init(matrix: String, isFullRange: Bool, transfer: AVColorTransferCharacteristic) {
        (self.matrix, self.isFullRange, self.transfer) = (matrix, isFullRange, transfer)
    }

    /// Those of a decoded frame.
    init(_ frame: borrowing Frame) {
        let form = FrameFormat(frame.raw.pointee)
        self.init(
            matrix: form.likelyMatrix,
            isFullRange: form.isFullRange || form.pixelFormat.hasPrefix("yuvj"),
            transfer: form.transfer
        )
    }

    /// The shares of red and blue in brightness.
    private var weights: (red: Double, blue: Double) {
        switch matrix {
        case "bt709": (0.2126, 0.0722)
        case "bt2020": (0.2627, 0.0593)
        case "smpte240m": (0.212, 0.087)
        case "fcc": (0.30, 0.11)
        default: (0.299, 0.114)
        }
    }

    /// Whether brightness is coded for HDR.
    private var isWide: Bool { transfer == AVCOL_TRC_SMPTE2084 || transfer == AVCOL_TRC_ARIB_STD_B67 }

    /// The values of a colour: brightness 0–1, and the two differences −0.5–0.5.
    ///
    /// - Parameters:
    ///   - red: Coded as in sRGB, 0–1.
    ///   - green: Likewise.
    ///   - blue: Likewise.
    /// - Returns: The values, before they are put into a range.
    func values(red: Double, green: Double, blue: Double) -> (y: Double, cb: Double, cr: Double) {
        var (r, g, b) = (red, green, blue)
        if isWide { (r, g, b) = wide(red, green, blue) }
        let (kr, kb) = weights
        let y = kr * r + (1 - kr - kb) * g + kb * b
        return (y, (b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr)))
    }

    /// From sRGB to BT.2020 coded for HDR; white is as bright as paper, 203 cd/m² (ITU-R BT.2408).
    private func wide(_ red: Double, _ green: Double, _ blue: Double) -> (Double, Double, Double) {
        func linear(_ value: Double) -> Double {
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let (r, g, b) = (linear(red), linear(green), linear(blue))
        return (
            coded(0.6274 * r + 0.3293 * g + 0.0433 * b),
            coded(0.0691 * r + 0.9195 * g + 0.0114 * b),
            coded(0.0164 * r + 0.0880 * g + 0.8956 * b)
        )
    }

    /// The coded value of light of which 1 is white.
    private func coded(_ light: Double) -> Double {
        let light = max(0, light)
        if transfer == AVCOL_TRC_SMPTE2084 {
            let power = pow(light * 203 / 10_000, 0.1593017578125)
            return pow((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power), 78.84375)
        }
        // White at 75 % of the signal, which is 0.265 of the scene's light.
        let scene = light * 0.265
        return scene <= 1.0 / 12 ? (3 * scene).squareRoot() : 0.17883277 * log(12 * scene - 0.28466892) + 0.55991073
    }
}
