/// The structure of all samples of an `Appearance`, ready to be compared.
public struct Sights: Sendable {
    private let cells: [SIMD8<UInt8>]
    /// One over each sample's length, and over that of its middle.
    private let scales: [(whole: Float, middle: Float)]

    /// Prepares all samples; some ten microseconds each.
    public init(_ appearance: Appearance) {
        var (cells, scales) = ([SIMD8<UInt8>](), [(whole: Float, middle: Float)]())
        cells.reserveCapacity(appearance.count * Sight.eights)
        for sample in 0..<appearance.count {
            let luma = appearance.luma(sample)
            for first in stride(from: 0, to: luma.count, by: 8) {
                cells.append(SIMD8<UInt8>(SIMD8<Float>(luma[first..<first + 8])))
            }
            scales.append((Sight.scale(luma), Sight.scale(Sight.cropped(luma))))
        }
        (self.cells, self.scales) = (cells, scales)
    }

    /// A sample, to be compared with others.
    public func sight(_ sample: Int) -> Sight {
        Sight(eights(sample).flatMap { eight in eight.indices.map { Float(eight[$0]) } })
    }

    /// How alike a sight and a sample are: the structure's correlation, upright or mirrored, as is or with one of them
    /// cropped.
    ///
    /// A change of brightness, contrast or colour temper leaves it high, and so do a mirrored copy and a zoom of up to
    /// a fifth. Looks of different places seldom reach 0.6.
    ///
    /// - Parameters:
    ///   - sight: One of them.
    ///   - sample: The number of the other.
    /// - Returns: 0…1.
    public func similarity(_ sight: Sight, _ sample: Int) -> Float {
        sight.similarity(to: eights(sample), scales[sample].whole, scales[sample].middle)
    }

    private func eights(_ sample: Int) -> ArraySlice<SIMD8<UInt8>> {
        cells[sample * Sight.eights..<(sample + 1) * Sight.eights]
    }
}
