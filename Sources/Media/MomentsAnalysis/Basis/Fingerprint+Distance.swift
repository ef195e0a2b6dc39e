extension Fingerprint {
    /// How different two frames look, cell by cell: mean absolute luma and chroma differences, added.
    ///
    /// - Parameter other: A print of the same size.
    /// - Returns: 0 for equal frames; some 5 to 20 for another moment of one scene, 20 and more for another place.
    func distance(to other: Fingerprint) -> Float {
        Float(Self.sum(luma, other.luma)) / Float(luma.count)
            + Float(Self.sum(chroma, other.chroma)) / Float(max(1, chroma.count))
    }

    /// How much of the structure differs once brightness and contrast are evened out and small shifts allowed.
    ///
    /// The lowest value of `1 − r` over shifts of up to `reach` cells, `r` being the correlation of the overlapping
    /// luma cells. Light changes and small camera moves leave it near 0; unrelated frames give about 1.
    ///
    /// - Parameters:
    ///   - other: A print of the same size.
    ///   - reach: The largest shift in cells, in both directions.
    /// - Returns: 0…2; 1 also where one of the two is plain, 0 where both are.
    func structure(to other: Fingerprint, reach: Int = 2) -> Float {
        if contrast < 1.5 && other.contrast < 1.5 { return 0 }
        var best: Float = 2
        for dy in -reach...reach {
            for dx in -reach...reach {
                best = min(best, 1 - correlation(with: other, dx: dx, dy: dy))
            }
        }
        return best
    }

    /// How far this frame is from the blend of two others: `share` of `later`, the rest of `earlier`.
    func blendError(_ earlier: Fingerprint, _ later: Fingerprint, share: Float) -> Float {
        let weight = Int32((share * 256).rounded())
        var sum: UInt32 = 0
        for index in luma.indices {
            let blend = (Int32(earlier.luma[index]) &* (256 &- weight) &+ Int32(later.luma[index]) &* weight) >> 8
            sum &+= UInt32(truncatingIfNeeded: abs(Int32(luma[index]) &- blend))
        }
        return Float(sum) / Float(luma.count)
    }

    /// The share of `later` in the blend of two frames that comes nearest to this one; may lie outside 0…1.
    func blendShare(_ earlier: Fingerprint, _ later: Fingerprint) -> Float {
        var (product, square): (Int64, Int64) = (0, 1)
        for index in luma.indices {
            let change = Int32(later.luma[index]) &- Int32(earlier.luma[index])
            product &+= Int64((Int32(luma[index]) &- Int32(earlier.luma[index])) &* change)
            square &+= Int64(change &* change)
        }
        return Float(product) / Float(square)
    }

    /// Whether each cell is one frame's or the other's.
    ///
    /// - Parameters:
    ///   - earlier: The frame the cells may come from.
    ///   - later: The other one.
    /// - Returns: The share of the differing cells that are nearer to `later`, and the mean distance to the nearer one.
    func belonging(_ earlier: Fingerprint, _ later: Fingerprint) -> (later: Float, error: Float) {
        var (mine, all, error): (UInt32, UInt32, UInt32) = (0, 0, 0)
        for index in luma.indices {
            let toEarlier = abs(Int32(luma[index]) &- Int32(earlier.luma[index]))
            let toLater = abs(Int32(luma[index]) &- Int32(later.luma[index]))
            error &+= UInt32(truncatingIfNeeded: min(toEarlier, toLater))
            if abs(Int32(earlier.luma[index]) &- Int32(later.luma[index])) > 10 {
                all &+= 1
                if toLater < toEarlier { mine &+= 1 }
            }
        }
        return (Float(mine) / Float(max(all, 1)), Float(error) / Float(luma.count))
    }

    /// How much of the frame is another frame, once an even change of light is taken out.
    ///
    /// - Parameter other: A print of the same size.
    /// - Returns: The mean absolute luma difference left, and the share of cells in which it shows plainly.
    func change(to other: Fingerprint) -> (size: Float, share: Float) {
        let light = Int32((mean - other.mean).rounded())
        var (sum, cells): (UInt32, UInt32) = (0, 0)
        for index in luma.indices {
            let left = abs(Int32(luma[index]) &- Int32(other.luma[index]) &- light)
            sum &+= UInt32(truncatingIfNeeded: left)
            if left > 6 { cells &+= 1 }
        }
        return (Float(sum) / Float(luma.count), Float(cells) / Float(luma.count))
    }

    private static func sum(_ first: [UInt8], _ second: [UInt8]) -> UInt32 {
        precondition(first.count == second.count)
        var sum: UInt32 = 0  // at most 255 × 2304 cells
        for index in first.indices {
            sum &+= UInt32(truncatingIfNeeded: abs(Int32(first[index]) &- Int32(second[index])))
        }
        return sum
    }

    private func correlation(with other: Fingerprint, dx: Int, dy: Int) -> Float {
        let (fromX, toX) = (max(0, dx), min(columns, columns + dx))
        let (fromY, toY) = (max(0, dy), min(rows, rows + dy))
        var (n, a, b, aa, bb, ab): (Int64, Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0, 0)
        for y in fromY..<toY {
            // A row's sums stay below 48 × 255², well inside 32 bits.
            var (rowA, rowB, rowAA, rowBB, rowAB): (UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0)
            let (mine, theirs) = (y &* columns, (y &- dy) &* columns &- dx)
            for x in fromX..<toX {
                let (p, q) = (UInt32(luma[mine &+ x]), UInt32(other.luma[theirs &+ x]))
                rowA &+= p
                rowB &+= q
                rowAA &+= p &* p
                rowBB &+= q &* q
                rowAB &+= p &* q
            }
            n += Int64(toX - fromX)
            a += Int64(rowA)
            b += Int64(rowB)
            aa += Int64(rowAA)
            bb += Int64(rowBB)
            ab += Int64(rowAB)
        }
        let (varianceA, varianceB) = (n * aa - a * a, n * bb - b * b)
        // One grey level of noise keeps plain areas from correlating by chance.
        let noise = Float(n * n)
        let product = (Float(varianceA) + noise) * (Float(varianceB) + noise)
        return Float(n * ab - a * b) / product.squareRoot()
    }
}
