/// One plane of a picture in the values of a frame, with its opacity, ready to be laid over.
struct OverlayPlane {
    let width: Int
    let height: Int
    /// Values times opacity, times 256.
    private let values: [Int32]
    /// Opacity: 0–256.
    private let opacities: [Int32]
    /// In each row the columns from the first to the last that is not wholly see-through.
    private let spans: [Range<Int>]

    /// Takes values.
    ///
    /// - Parameters:
    ///   - width: Columns.
    ///   - height: Rows.
    ///   - values: Each times its opacity, on the scale of the frame's.
    ///   - opacities: 0–1.
    init(width: Int, height: Int, values: [Double], opacities: [Double]) {
        (self.width, self.height) = (width, height)
        self.values = values.map { Int32(($0 * 256).rounded()) }
        let shares = opacities.map { Int32(($0 * 256).rounded()) }
        self.opacities = shares
        spans = (0..<height).map { row in
            let line = shares[row * width..<(row + 1) * width]
            guard let first = line.firstIndex(where: { $0 > 0 }), let last = line.lastIndex(where: { $0 > 0 }) else {
                return 0..<0
            }
            return first - row * width..<last - row * width + 1
        }
    }

    /// Lays it over a plane of a frame.
    ///
    /// - Parameters:
    ///   - target: The plane's first value.
    ///   - stride: Values from one row to the next.
    ///   - size: The plane's columns and rows.
    ///   - place: Where the first column and row come to lie, perhaps outside.
    ///   - share: How much of it is seen, in 256ths.
    func lay<Value: FixedWidthInteger & UnsignedInteger>(
        over target: UnsafeMutablePointer<Value>,
        stride: Int,
        size: (width: Int, height: Int),
        at place: (x: Int, y: Int),
        share: Int32
    ) {
        values.withUnsafeBufferPointer { values in
            opacities.withUnsafeBufferPointer { opacities in
                for row in max(0, -place.y)..<max(max(0, -place.y), min(height, size.height - place.y)) {
                    let columns = spans[row].clamped(to: -place.x..<max(-place.x, size.width - place.x))
                    if columns.isEmpty { continue }
                    let first = row * width + columns.lowerBound
                    Self.blend(
                        target + (place.y + row) * stride + place.x + columns.lowerBound,
                        values.baseAddress.unsafelyUnwrapped + first,
                        opacities.baseAddress.unsafelyUnwrapped + first,
                        columns.count,
                        share
                    )
                }
            }
        }
    }

    /// Values have at most 12 bits, opacities 8 and shares 8, so that no sum passes 2^29.
    private static func blend<Value: FixedWidthInteger & UnsignedInteger>(
        _ target: UnsafeMutablePointer<Value>,
        _ values: UnsafePointer<Int32>,
        _ opacities: UnsafePointer<Int32>,
        _ count: Int,
        _ share: Int32
    ) {
        for place in 0..<count {
            let own = Int32(truncatingIfNeeded: target[place])
            let rest = 65536 &- opacities[place] &* share
            target[place] = Value(truncatingIfNeeded: (own &* rest &+ values[place] &* share &+ 32768) >> 16)
        }
    }
}
