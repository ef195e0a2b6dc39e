/// Explains a frame by an earlier one, block by block: what moved where, and what cannot be explained at all.
///
/// Blocks of 8 × 8 pixels. Each tries the vectors its neighbours, its past and the whole frame suggest, then walks
/// downhill from the best. The unexplained share is what the frame coders call inter cost over intra cost: it needs
/// no absolute threshold, works in the dark, and a fast pan does not raise it as long as the pan is found.
struct MotionEstimator {
    let size: AnalysisSize
    private let columns: Int
    private let rows: Int
    private var vectors: [MotionVector]
    private var costs: [BlockCost]

    init(size: AnalysisSize) {
        self.size = size
        columns = size.width / 8
        rows = size.height / 8
        vectors = [MotionVector](repeating: MotionVector(), count: columns * rows)
        costs = [BlockCost](repeating: BlockCost(), count: columns * rows)
    }

    /// Forgets the last frame's vectors, which the next search would start from.
    mutating func forget() {
        for index in vectors.indices { vectors[index] = MotionVector() }
    }

    /// Matches `current` against `earlier`, two tight luma planes of the analysis size.
    ///
    /// - Parameters:
    ///   - current: The later frame.
    ///   - earlier: The frame to explain it by.
    ///   - guess: The whole frame's shift, as the projections tell it.
    ///   - haste: What to multiply a vector by to compare it with motion over an eighth of a second.
    /// - Returns: What moved and what is new. Costs about 0.1 ms.
    mutating func match(current: [UInt8], earlier: [UInt8], guess: (dx: Int, dy: Int), haste: Float = 1)
        -> MotionField
    {
        precondition(current.count >= size.width * size.height && earlier.count >= size.width * size.height)
        let global = MotionVector(dx: Int32(guess.dx), dy: Int32(guess.dy))
        let (columns, rows, width, height) = (columns, rows, size.width, size.height)
        current.withUnsafeBufferPointer { current in
            earlier.withUnsafeBufferPointer { earlier in
                vectors.withUnsafeMutableBufferPointer { vectors in
                    costs.withUnsafeMutableBufferPointer { costs in
                        guard let a = current.baseAddress, let b = earlier.baseAddress else { return }
                        // Every address below stays inside the planes: `search` is only ever given positions
                        // within 0…width − 8 and 0…height − 8.
                        for row in 0..<rows {
                            for column in 0..<columns {
                                let index = row &* columns &+ column
                                var search = BlockSearch(
                                    current: a + (row &* 8 &* width &+ column &* 8),
                                    earlier: b,
                                    x: Int32(column &* 8),
                                    y: Int32(row &* 8),
                                    width: Int32(width),
                                    height: Int32(height)
                                )
                                search.consider(global)
                                search.consider(vectors[index])
                                if column > 0 { search.consider(vectors[index &- 1]) }
                                if row > 0 { search.consider(vectors[index &- columns]) }
                                search.descend()
                                vectors[index] = search.best
                                costs[index] = search.cost(global: global)
                            }
                        }
                    }
                }
            }
        }
        return summary(haste: haste)
    }

    private func summary(haste: Float) -> MotionField {
        var (left, texture): (UInt64, UInt64) = (0, 0)
        for cost in costs {
            left += UInt64(min(cost.left, cost.texture + cost.texture / 2))
            texture += UInt64(cost.texture)
        }
        // Half a grey level of grain on both sides counts for nothing.
        let grain = 0.5 * Float(costs.count * 64)
        return MotionField(
            mismatch: max(0, Float(left) - grain) / (Float(texture) + grain),
            camera: CameraModel(vectors: vectors, costs: costs, columns: columns, haste: haste)
        )
    }
}
