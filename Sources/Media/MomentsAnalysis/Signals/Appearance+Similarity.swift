internal import FoundationEssentials

extension Appearance {
    /// How alike two samples are: the structure's correlation, upright or mirrored, as is or with one of them cropped.
    ///
    /// A change of brightness, contrast or colour temper leaves it high, and so do a mirrored copy and a zoom of up to
    /// a fifth. Looks of different places seldom reach 0.6.
    ///
    /// - Parameters:
    ///   - first: The number of one sample.
    ///   - second: The number of the other.
    /// - Returns: 0…1.
    public func similarity(_ first: Int, _ second: Int) -> Float {
        let (a, b) = (luma(first), luma(second))
        var best: Float = 0
        for scale in [1, 0.85] as [Float] {
            let (cropA, cropB) = (scale == 1 ? a : Self.cropped(a, scale), scale == 1 ? b : Self.cropped(b, scale))
            best = max(best, Self.correlation(cropA, b, mirrored: false), Self.correlation(cropA, b, mirrored: true))
            if scale != 1 {
                best = max(
                    best,
                    Self.correlation(a, cropB, mirrored: false),
                    Self.correlation(a, cropB, mirrored: true)
                )
            }
        }
        return best
    }

    /// The difference in colour between two samples once the overall cast is taken out, in chroma steps.
    public func colorDifference(_ first: Int, _ second: Int) -> Float {
        var total: Float = 0
        for plane in 0..<2 {
            let (a, b) = (chroma(first, plane), chroma(second, plane))
            let mean = (a.reduce(0, +) - b.reduce(0, +)) / Float(a.count)
            total += zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1 - mean) } / Float(a.count)
        }
        return total
    }

    private func luma(_ sample: Int) -> [Float] {
        let start = cells.startIndex + sample * Self.stride
        return cells[start..<start + Self.columns * Self.rows].map { Float($0) }
    }

    private func chroma(_ sample: Int, _ plane: Int) -> [Float] {
        let size = Self.chromaColumns * Self.chromaRows
        let start = cells.startIndex + sample * Self.stride + Self.columns * Self.rows + plane * size
        return cells[start..<start + size].map { Float($0) }
    }

    /// The middle of a sample, enlarged to the full grid.
    private static func cropped(_ cells: [Float], _ scale: Float) -> [Float] {
        var result = cells
        for y in 0..<rows {
            for x in 0..<columns {
                let sourceX = (Float(x) + 0.5 - Float(columns) / 2) * scale + Float(columns) / 2 - 0.5
                let sourceY = (Float(y) + 0.5 - Float(rows) / 2) * scale + Float(rows) / 2 - 0.5
                let (left, top) = (Int(sourceX.rounded(.down)), Int(sourceY.rounded(.down)))
                let (fx, fy) = (sourceX - Float(left), sourceY - Float(top))
                func cell(_ x: Int, _ y: Int) -> Float {
                    cells[min(max(y, 0), rows - 1) * columns + min(max(x, 0), columns - 1)]
                }
                let upper = cell(left, top) * (1 - fx) + cell(left + 1, top) * fx
                let lower = cell(left, top + 1) * (1 - fx) + cell(left + 1, top + 1) * fx
                result[y * columns + x] = upper * (1 - fy) + lower * fy
            }
        }
        return result
    }

    private static func correlation(_ a: [Float], _ b: [Float], mirrored: Bool) -> Float {
        let n = Float(a.count)
        let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
        // Two grey levels of noise keep plain frames from resembling each other by chance.
        var (aa, bb, ab): (Float, Float, Float) = (4 * n, 4 * n, 0)
        for y in 0..<rows {
            for x in 0..<columns {
                let p = a[y * columns + x] - meanA
                let q = b[y * columns + (mirrored ? columns - 1 - x : x)] - meanB
                aa += p * p
                bb += q * q
                ab += p * q
            }
        }
        return max(0, ab / (aa * bb).squareRoot())
    }
}

extension Appearance {
    /// One sample's luma with mean 0 and length 1: the product of two of these is their correlation.
    ///
    /// - Parameter sample: Its number.
    /// - Returns: 96 numbers; shorter than 1 for a nearly plain frame, so that it resembles nothing by chance.
    public func normalized(_ sample: Int) -> [Float] {
        let cells = luma(sample)
        let mean = cells.reduce(0, +) / Float(cells.count)
        let square = cells.reduce(Float(4 * cells.count)) { $0 + ($1 - mean) * ($1 - mean) }
        let scale = 1 / square.squareRoot()
        return cells.map { ($0 - mean) * scale }
    }
}
