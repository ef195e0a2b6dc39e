internal import CLibAV
internal import Glibc

/// What a wide or bright colour becomes on an ordinary screen: BT.2020 and HDR to BT.709.
///
/// HDR is rolled off towards white by the curve of BT.2390, hue kept.
struct ToneCurve: Hashable {
    /// How brightness is coded.
    enum Transfer: Hashable {
        /// SMPTE ST 2084.
        case pq
        /// ARIB STD-B67.
        case hlg
        /// An ordinary curve, only the colours are wide.
        case ordinary
    }

    let transfer: Transfer

    init(_ form: FrameFormat) {
        transfer =
            switch form.transfer {
            case AVCOL_TRC_SMPTE2084: .pq
            case AVCOL_TRC_ARIB_STD_B67: .hlg
            default: .ordinary
            }
    }

    /// Coded red, green and blue of BT.2020 (0–1) to those of BT.709 (0–1).
    func map(_ coded: SIMD3<Double>) -> SIMD3<Double> {
        let held = coded.clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
        let light = toneMapped(linear(held))
        // BT.2087: linear BT.2020 to linear BT.709.
        let narrow = SIMD3(
            1.6605 * light.x - 0.5876 * light.y - 0.0728 * light.z,
            -0.1246 * light.x + 1.1329 * light.y - 0.0083 * light.z,
            -0.0182 * light.x - 0.1006 * light.y + 1.1187 * light.z
        )
        let inside = Self.desaturated(narrow)
        return SIMD3(pow(inside.x, 1 / 2.4), pow(inside.y, 1 / 2.4), pow(inside.z, 1 / 2.4))
    }

    /// Light as a screen shows it; 1 is its white.
    private func linear(_ coded: SIMD3<Double>) -> SIMD3<Double> {
        switch transfer {
        case .pq:
            return SIMD3(Self.fromPQ(coded.x), Self.fromPQ(coded.y), Self.fromPQ(coded.z)) / Self.white
        case .hlg:
            let scene = SIMD3(Self.fromHLG(coded.x), Self.fromHLG(coded.y), Self.fromHLG(coded.z))
            let luminance = 0.2627 * scene.x + 0.678 * scene.y + 0.0593 * scene.z
            // BT.2100's system gamma for a screen of 1000 cd/m².
            return scene * (pow(luminance, 0.2) * Self.brightest / Self.white)
        case .ordinary:
            return SIMD3(pow(coded.x, 2.4), pow(coded.y, 2.4), pow(coded.z, 2.4))
        }
    }

    private func toneMapped(_ light: SIMD3<Double>) -> SIMD3<Double> {
        let highest = light.max()
        guard transfer != .ordinary, highest > 0.000_01 else { return light }
        let top = Self.toPQ(Self.brightest)
        let limit = Self.toPQ(Self.white) / top
        let knee = 1.5 * limit - 0.5
        let level = min(1, Self.toPQ(highest * Self.white) / top)
        guard level > knee else { return light }
        let t = (level - knee) / (1 - knee)
        let (t2, t3) = (t * t, t * t * t)
        let rolled = (2 * t3 - 3 * t2 + 1) * knee + (t3 - 2 * t2 + t) * (1 - knee) + (3 * t2 - 2 * t3) * limit
        return light * (Self.fromPQ(rolled * top) / Self.white / highest)
    }

    /// Colours that BT.709 lacks, moved towards grey until it has them.
    private static func desaturated(_ color: SIMD3<Double>) -> SIMD3<Double> {
        let grey = min(max(0.2126 * color.x + 0.7152 * color.y + 0.0722 * color.z, 0), 1)
        var share = 1.0
        for index in 0..<3 {
            let distance = color[index] - grey
            if color[index] < 0, distance < 0 { share = min(share, grey / -distance) }
            if color[index] > 1, distance > 0 { share = min(share, (1 - grey) / distance) }
        }
        let inside = SIMD3(repeating: grey) + (color - SIMD3(repeating: grey)) * share
        return inside.clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
    }

    /// What becomes the whitest white, in cd/m²: a little above diffuse white (203 by BT.2408), so that clouds keep
    /// shape.
    private static let white = 250.0
    /// The brightest most HDR is made for, in cd/m².
    private static let brightest = 1000.0

    /// SMPTE ST 2084: signal (0–1) to cd/m².
    private static func fromPQ(_ signal: Double) -> Double {
        let power = pow(signal, 1 / 78.84375)
        return 10_000 * pow(max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power), 1 / 0.1593017578125)
    }

    /// SMPTE ST 2084: cd/m² to signal (0–1).
    private static func toPQ(_ light: Double) -> Double {
        let power = pow(light / 10_000, 0.1593017578125)
        return pow((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power), 78.84375)
    }

    /// ARIB STD-B67: signal (0–1) to scene light (0–1).
    private static func fromHLG(_ signal: Double) -> Double {
        signal <= 0.5 ? signal * signal / 3 : (exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
    }
}
