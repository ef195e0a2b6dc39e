internal import MomentsAnalysis

/// The colours inside a box, as shares: how somebody is known again.
struct ColorSignature: Hashable, Sendable {
    private let shares: [Float]

    /// Looks at the middle of a box, where little of the background is.
    init(_ picture: SubjectFrame, _ box: Box) {
        func range(_ low: Double, _ length: Double, _ side: Int) -> Range<Int> {
            let from = min(max(Int((low + length * 0.15) * Double(side)), 0), side - 1)
            return from..<max(from + 1, min(side, Int((low + length * 0.85) * Double(side))))
        }
        let rows = range(box.y, box.height, picture.height)
        let columns = range(box.x, box.width, picture.width)
        var counts = [Float](repeating: 0, count: Self.bins)
        for row in rows {
            for column in columns {
                let chroma = row / 2 &* (picture.width / 2) &+ column / 2
                // Colours of real pictures lie near the middle: steps of 16 around it, and four of brightness.
                let blue = min(max((Int(picture.cb[chroma]) - 96) >> 4, 0), 3)
                let red = min(max((Int(picture.cr[chroma]) - 96) >> 4, 0), 3)
                counts[Int(picture.luma[row &* picture.width &+ column]) >> 6 &* 16 &+ blue &* 4 &+ red] += 1
            }
        }
        let total = Float(rows.count * columns.count)
        shares = counts.map { $0 / total }
    }

    private init(shares: [Float]) { self.shares = shares }

    /// How alike two are: 0…1 (Bhattacharyya's coefficient).
    func similarity(_ other: ColorSignature) -> Double {
        Double(zip(shares, other.shares).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() })
    }

    /// The signature a quarter of the way to another one: it follows slow changes of light.
    func followed(by other: ColorSignature) -> ColorSignature {
        ColorSignature(shares: zip(shares, other.shares).map { $0 * 0.75 + $1 * 0.25 })
    }

    private static let bins = 64
}
