import Testing

@testable import MomentsAnalysis

/// What two samples have in common, against the plain definition of it.
@Suite("sights")
struct SightsTests {
    private static let (columns, rows) = (Appearance.columns, Appearance.rows)

    @Test("how colourful and how red a look is tells its distance from grey, and blue is not red")
    func tint() {
        var appearance = Appearance()
        let luma = [UInt8](repeating: 90, count: 96)
        for (blue, red) in [(128, 128), (188, 128), (128, 152), (128, 104)] as [(UInt8, UInt8)] {
            let chroma = [UInt8](repeating: blue, count: 12) + [UInt8](repeating: 128, count: 6)
            appearance.append(cells: luma + chroma + [UInt8](repeating: red, count: 6))
        }
        let tints = (0..<4).map { appearance.tint(of: $0) }
        #expect(tints.map(\.color) == [0, 30, 6, 6])
        #expect(tints.map(\.red) == [0, 0, 12, 0])
    }

    @Test("are as alike as the best correlation of any way to lay one over the other", arguments: 0..<20)
    func correlations(seed: Int) throws {
        var state = UInt32(seed) &* 7919 &+ 1
        func byte() -> Float {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(state >> 24)
        }
        let one = (0..<Self.columns * Self.rows).map { _ in byte() }
        // Something of the first is in the second, so that each way to compare decides in some cases.
        let shown = [one, Self.mirrored(one), Self.middle(one), Self.mirrored(Self.middle(one))][seed % 4]
        let other = shown.map { (($0 * 2 + byte()) / 3).rounded() }
        let pairs = seed.isMultiple(of: 3) ? (other, one) : (one, other)
        var appearance = Appearance()
        for cells in [pairs.0, pairs.1] {
            appearance.append(cells: cells.map { UInt8($0) } + [UInt8](repeating: 128, count: 24))
        }
        let sights = Sights(appearance)
        let expected = Self.alike(pairs.0, pairs.1)
        #expect(abs(sights.similarity(sights.sight(0), 1) - expected) < 1e-4)
        #expect(expected > 0.6)
    }

    @Test("of plain samples resemble nothing, and a sample resembles itself")
    func extremes() {
        var appearance = Appearance()
        let ramp = (0..<96).map { UInt8($0 * 2) }
        for cells in [[UInt8](repeating: 7, count: 96), [UInt8](repeating: 250, count: 96), ramp] {
            appearance.append(cells: cells + [UInt8](repeating: 128, count: 24))
        }
        let sights = Sights(appearance)
        #expect(sights.similarity(sights.sight(0), 1) < 0.01)
        #expect(sights.similarity(sights.sight(0), 2) < 0.01)
        #expect(sights.similarity(sights.sight(2), 2) > 0.99)
    }

    private static func alike(_ a: [Float], _ b: [Float]) -> Float {
        let pairs = [(a, b), (middle(a), b), (a, middle(b))]
        return pairs.map { max(0, correlation($0, $1), correlation($0, mirrored($1))) }.max() ?? 0
    }

    private static func correlation(_ a: [Float], _ b: [Float]) -> Float {
        let n = Float(a.count)
        let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
        var (aa, bb, ab): (Float, Float, Float) = (4 * n, 4 * n, 0)
        for (x, y) in zip(a, b) {
            aa += (x - meanA) * (x - meanA)
            bb += (y - meanB) * (y - meanB)
            ab += (x - meanA) * (y - meanB)
        }
        return ab / (aa * bb).squareRoot()
    }

    private static func mirrored(_ cells: [Float]) -> [Float] {
        (0..<rows).flatMap { Array(cells[$0 * columns..<($0 + 1) * columns].reversed()) }
    }

    /// The middle 0.85 of a sample, enlarged, between the nearest cells.
    private static func middle(_ cells: [Float]) -> [Float] {
        func cell(_ x: Int, _ y: Int) -> Float {
            cells[min(max(y, 0), rows - 1) * columns + min(max(x, 0), columns - 1)]
        }
        return (0..<rows).flatMap { y in
            (0..<columns).map { x in
                let (atX, atY) = ((Float(x) - 5.5) * 0.85 + 5.5, (Float(y) - 3.5) * 0.85 + 3.5)
                let (left, top) = (Int(atX.rounded(.down)), Int(atY.rounded(.down)))
                let (fx, fy) = (atX - Float(left), atY - Float(top))
                let upper = cell(left, top) * (1 - fx) + cell(left + 1, top) * fx
                return upper * (1 - fy) + (cell(left, top + 1) * (1 - fx) + cell(left + 1, top + 1) * fx) * fy
            }
        }
    }
}
