/// The camera's own motion between two frames (shift and zoom), and what moves against it.
struct CameraModel {
    /// Where the frame's content was in the earlier one, in pixels to the right.
    private(set) var x: Float = 0
    /// Where it was, in pixels down.
    private(set) var y: Float = 0
    /// How far a point moved for each pixel from the middle: −0.01 where the camera came one percent nearer.
    private(set) var zoom: Float = 0
    /// Share of the frame that moves against the camera, weighted by how far: 0…1.
    private(set) var subject: Float = 0

    /// A camera that stands still before nothing that moves.
    init() {}

    /// Fits shift and zoom to the block vectors by weighted least squares, thrice, each time trusting blocks less the
    /// further they are off; then measures what is left.
    ///
    /// - Parameters:
    ///   - vectors: One per block, in pixels: where in the earlier frame the block was found.
    ///   - costs: How well it was found.
    ///   - columns: Blocks in a row.
    ///   - haste: What to multiply a vector by to compare it with motion over an eighth of a second.
    init(vectors: [MotionVector], costs: [BlockCost], columns: Int, haste: Float) {
        let rows = vectors.count / columns
        var weights = costs.map { cost -> Float in
            // Only textured blocks that were found say where the camera went.
            cost.texture < 96 ? 0 : Float(cost.texture) / Float(cost.texture + 2 * cost.left + 64)
        }
        let (middleX, middleY) = (Float(columns - 1) / 2, Float(rows - 1) / 2)
        let base = weights
        for _ in 0..<3 {
            var (n, sx, sy, sr, sxr): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
            for index in vectors.indices {
                let weight = weights[index]
                let (px, py) = (Float(index % columns) - middleX, Float(index / columns) - middleY)
                n += weight
                sx += weight * Float(vectors[index].dx)
                sy += weight * Float(vectors[index].dy)
                sr += weight * (px * px + py * py)
                sxr += weight * (px * (Float(vectors[index].dx) - x) + py * (Float(vectors[index].dy) - y))
            }
            guard n > 0.5 else { return }
            x = sx / n
            y = sy / n
            zoom = sr > 0 ? sxr / sr / 8 : 0
            for index in vectors.indices {
                let off = distance(vectors[index], index, columns, middleX, middleY)
                weights[index] = base[index] / (1 + off * off)
            }
        }
        measureSubject(vectors, costs, columns, middleX, middleY, haste)
    }

    private func distance(
        _ vector: MotionVector,
        _ index: Int,
        _ columns: Int,
        _ middleX: Float,
        _ middleY: Float
    ) -> Float {
        let (px, py) = (Float(index % columns) - middleX, Float(index / columns) - middleY)
        let dx = Float(vector.dx) - x - zoom * 8 * px
        let dy = Float(vector.dy) - y - zoom * 8 * py
        return (dx * dx + dy * dy).squareRoot()
    }

    private mutating func measureSubject(
        _ vectors: [MotionVector],
        _ costs: [BlockCost],
        _ columns: Int,
        _ middleX: Float,
        _ middleY: Float,
        _ haste: Float
    ) {
        var moving: Float = 0
        for index in vectors.indices where costs[index].texture >= 96 {
            let off = haste * distance(vectors[index], index, columns, middleX, middleY)
            // Less than one and a half pixels may be rounding; eight are as much as a block can show for sure. A block
            // that was not found at all has moved out of reach or changed its shape: that is motion too. Both count
            // only as far as grey levels changed: in grain and on water vectors mean nothing.
            let cost = costs[index]
            let (gain, left) = (Float(cost.gain) / 64, Float(cost.left) / 64)
            let moved = Self.ramp(off, 1.5, 8) * Self.ramp(gain, 0.5, 3)
            let lost = Self.ramp(left * 64 / Float(cost.texture), 0.4, 0.8) * Self.ramp(left, 1, 4)
            moving += max(moved, lost)
        }
        // Of the whole frame, so that a small subject counts little.
        subject = moving / Float(vectors.count)
    }
}

extension CameraModel {
    private static func ramp(_ value: Float, _ low: Float, _ high: Float) -> Float {
        min(max((value - low) / (high - low), 0), 1)
    }

    /// How far the motion differs from a later one, in pixels.
    func change(to later: CameraModel) -> Float {
        let (dx, dy) = (later.x - x, later.y - y)
        return (dx * dx + dy * dy).squareRoot()
    }
}
