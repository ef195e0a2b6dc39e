/// One sample of an `Appearance`, prepared to be compared with many others.
///
/// A correlation is the product of two samples with mean 0 and length 1. A crop is linear: the product with a cropped
/// sample is one with the sample itself and the crop's weights turned around. So whatever a sight is compared with is
/// read as it is kept.
public struct Sight: Sendable {
    /// What it is multiplied with: a product for each way to compare, in eights.
    private let factors: [SIMD8<Float>]
    /// How many of them one product takes.
    static let eights = Appearance.columns * Appearance.rows / 8

    /// Prepares a sample.
    ///
    /// - Parameter cells: Its luma, row by row.
    init(_ cells: [Float]) {
        let (whole, middle) = (Self.centred(cells), Self.centred(Self.cropped(cells)))
        let upright = [whole, middle, Self.uncropped(whole)]
        factors = upright.flatMap { Self.eights(of: $0) + Self.eights(of: Self.mirrored($0)) }
    }

    /// How alike it and a sample are.
    ///
    /// - Parameters:
    ///   - cells: The sample's luma, in eights.
    ///   - scale: One over the length of the sample.
    ///   - croppedScale: One over the length of its middle.
    /// - Returns: 0…1.
    func similarity(to cells: ArraySlice<SIMD8<UInt8>>, _ scale: Float, _ croppedScale: Float) -> Float {
        let count = Self.eights
        var sums = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        for (place, eight) in cells.enumerated() {
            let cells = SIMD8<Float>(eight)
            sums.0 += factors[place] * cells
            sums.1 += factors[place + count] * cells
            sums.2 += factors[place + 2 * count] * cells
            sums.3 += factors[place + 3 * count] * cells
            sums.4 += factors[place + 4 * count] * cells
            sums.5 += factors[place + 5 * count] * cells
        }
        let asItIs = max(sums.0.sum(), sums.1.sum(), sums.2.sum(), sums.3.sum()) * scale
        return max(0, asItIs, max(sums.4.sum(), sums.5.sum()) * croppedScale)
    }

    /// One over the length of a sample with mean 0; two grey levels of noise keep plain ones from resembling each other
    /// by chance.
    static func scale(_ cells: [Float]) -> Float {
        let mean = cells.reduce(0, +) / Float(cells.count)
        return 1 / cells.reduce(Float(4 * cells.count)) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    }

    /// The sample with mean 0 and length 1.
    static func centred(_ cells: [Float]) -> [Float] {
        let mean = cells.reduce(0, +) / Float(cells.count)
        let scale = scale(cells)
        return cells.map { ($0 - mean) * scale }
    }

    /// The middle of a sample, 0.85 of it across and down, enlarged to the full grid.
    static func cropped(_ cells: [Float]) -> [Float] {
        corners.map { corners in corners.reduce(0) { $0 + cells[$1.cell] * $1.share } }
    }

    private static func mirrored(_ cells: [Float]) -> [Float] {
        let columns = Appearance.columns
        return cells.indices.map { cells[$0 / columns * columns + columns - 1 - $0 % columns] }
    }

    /// What each cell of a sample counts in a product with its middle.
    private static func uncropped(_ factors: [Float]) -> [Float] {
        var counts = [Float](repeating: 0, count: factors.count)
        for (factor, corners) in zip(factors, corners) {
            for corner in corners { counts[corner.cell] += factor * corner.share }
        }
        return counts
    }

    private static func eights(of cells: [Float]) -> [SIMD8<Float>] {
        stride(from: 0, to: cells.count, by: 8).map { SIMD8(cells[$0..<$0 + 8]) }
    }

    /// The four cells between which each cell of a middle lies, and what each of them counts.
    private static let corners: [[(cell: Int, share: Float)]] = {
        let (columns, rows) = (Appearance.columns, Appearance.rows)
        func sides(_ place: Int, of count: Int) -> [(cell: Int, share: Float)] {
            let at = (Float(place) + 0.5 - Float(count) / 2) * 0.85 + Float(count) / 2 - 0.5
            let below = Int(at.rounded(.down))
            func inside(_ cell: Int) -> Int { min(max(cell, 0), count - 1) }
            return [(inside(below), 1 - at + Float(below)), (inside(below + 1), at - Float(below))]
        }
        return (0..<rows).flatMap { y in
            (0..<columns).map { x in
                sides(y, of: rows).flatMap { row in
                    sides(x, of: columns).map { (row.cell * columns + $0.cell, row.share * $0.share) }
                }
            }
        }
    }()
}
