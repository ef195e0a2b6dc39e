/// The search for one block's match; addresses are given in, checked against the plane's bounds.
struct BlockSearch {
    let current: UnsafePointer<UInt8>
    let earlier: UnsafePointer<UInt8>
    let x: Int32
    let y: Int32
    let width: Int32
    let height: Int32
    private(set) var best = MotionVector()
    private var lowest: UInt32
    private let still: UInt32

    /// Starts with the block at its own place.
    init(
        current: UnsafePointer<UInt8>,
        earlier: UnsafePointer<UInt8>,
        x: Int32,
        y: Int32,
        width: Int32,
        height: Int32
    ) {
        self.current = current
        self.earlier = earlier
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        // Standing still is preferred: a vector must win by a quarter grey level per pixel.
        still = Self.difference(current, earlier + Int(y &* width &+ x), Int(width))
        lowest = still > 16 ? still &- 16 : 0
    }

    /// Tries a vector, held inside the frame.
    @inline(__always)
    mutating func consider(_ vector: MotionVector) {
        let dx = min(max(vector.dx, -x), width &- 8 &- x)
        let dy = min(max(vector.dy, -y), height &- 8 &- y)
        guard dx != best.dx || dy != best.dy else { return }
        let sum = Self.difference(current, earlier + Int((y &+ dy) &* width &+ x &+ dx), Int(width))
        guard sum < lowest else { return }
        lowest = sum
        best = MotionVector(dx: dx, dy: dy)
    }

    /// Walks downhill from the best so far: steps of 4, 2, then 1, a few of each.
    @inline(__always)
    mutating func descend() {
        // A match to within a grey level per pixel cannot get much better.
        var step: Int32 = 4
        while step > 0, lowest > 64 {
            for _ in 0..<3 {
                let centre = best
                consider(.init(dx: centre.dx &+ step, dy: centre.dy))
                consider(.init(dx: centre.dx &- step, dy: centre.dy))
                consider(.init(dx: centre.dx, dy: centre.dy &+ step))
                consider(.init(dx: centre.dx, dy: centre.dy &- step))
                if best == centre { break }
            }
            step >>= 1
        }
    }

    /// The block's texture, and what its best match leaves of it once the brightness is evened out.
    ///
    /// A change of light misleads the search, which compares grey levels as they are; so the block's own place and
    /// the whole frame's shift are asked again here.
    func cost(global: MotionVector) -> BlockCost {
        let mean = Self.sum(current, Int(width))
        var texture: UInt32 = 0
        for row in 0..<8 {
            let line = row &* Int(width)
            for column in 0..<8 {
                texture &+= UInt32(truncatingIfNeeded: abs(Int32(current[line &+ column]) &- ((mean &+ 32) >> 6)))
            }
        }
        var left = remainder(best, mean)
        if left > 64, left > texture / 4 {
            left = min(left, remainder(.init(), mean))
            let dx = min(max(global.dx, -x), width &- 8 &- x)
            let dy = min(max(global.dy, -y), height &- 8 &- y)
            left = min(left, remainder(.init(dx: dx, dy: dy), mean))
        }
        return .init(left: left, texture: texture, gain: still > lowest ? still &- lowest : 0)
    }

    @inline(__always)
    private func remainder(_ vector: MotionVector, _ sum: Int32) -> UInt32 {
        let match = earlier + Int((y &+ vector.dy) &* width &+ x &+ vector.dx)
        let shift = (sum &- Self.sum(match, Int(width))) >> 6
        var left: UInt32 = 0
        for row in 0..<8 {
            let line = row &* Int(width)
            for column in 0..<8 {
                let difference = Int32(current[line &+ column]) &- Int32(match[line &+ column]) &- shift
                left &+= UInt32(truncatingIfNeeded: abs(difference))
            }
        }
        return left
    }

    @inline(__always)
    private static func sum(_ block: UnsafePointer<UInt8>, _ stride: Int) -> Int32 {
        var sum: Int32 = 0
        for row in 0..<8 {
            let line = row &* stride
            for column in 0..<8 { sum &+= Int32(block[line &+ column]) }
        }
        return sum
    }

    @inline(__always)
    private static func difference(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ stride: Int) -> UInt32 {
        var sum: UInt32 = 0
        for row in 0..<8 {
            let line = row &* stride
            for column in 0..<8 {
                sum &+= UInt32(truncatingIfNeeded: abs(Int32(a[line &+ column]) &- Int32(b[line &+ column])))
            }
        }
        return sum
    }
}
