/// The whole frame's shift, found from its column and row sums: two searches along a line instead of one in a plane.
struct ProjectionShift {
    private let width: Int
    private let height: Int
    private var current: (columns: [Int32], rows: [Int32])
    private var earlier: (columns: [Int32], rows: [Int32])

    init(size: AnalysisSize) {
        width = size.width
        height = size.height
        let empty = (columns: [Int32](repeating: 0, count: size.width), rows: [Int32](repeating: 0, count: size.height))
        current = empty
        earlier = empty
    }

    /// Takes the next frame's sums.
    ///
    /// - Parameter plane: A tight luma plane of the analysis size.
    /// - Returns: Where the frame's content was in the one before, in pixels: up to a quarter of each side.
    mutating func shift(to plane: [UInt8]) -> (dx: Int, dy: Int) {
        precondition(plane.count >= width * height)
        swap(&current, &earlier)
        for x in 0..<width { current.columns[x] = 0 }
        for y in 0..<height {
            var sum: Int32 = 0
            let line = y &* width
            for x in 0..<width {
                let value = Int32(plane[line &+ x])
                sum &+= value
                current.columns[x] &+= value
            }
            current.rows[y] = sum
        }
        return (
            Self.best(current.columns, earlier.columns, reach: width / 4),
            Self.best(current.rows, earlier.rows, reach: height / 4)
        )
    }

    /// The offset at which `earlier` looks most like `current`, by differences of neighbours: brightness drops out.
    private static func best(_ current: [Int32], _ earlier: [Int32], reach: Int) -> Int {
        let count = current.count
        var (lowest, found) = (Float.infinity, 0)
        for offset in -reach...reach {
            let (from, to) = (max(1, 1 - offset), min(count, count - offset))
            var sum: Int64 = 0
            for index in from..<to {
                let a = current[index] &- current[index &- 1]
                let b = earlier[index &+ offset] &- earlier[index &+ offset &- 1]
                sum &+= Int64(abs(a &- b))
            }
            // A slight price on distance keeps plain frames still.
            let cost = Float(sum) / Float(to - from) * (1 + 0.1 * Float(abs(offset)) / Float(reach))
            if cost < lowest { (lowest, found) = (cost, offset) }
        }
        return found
    }
}
