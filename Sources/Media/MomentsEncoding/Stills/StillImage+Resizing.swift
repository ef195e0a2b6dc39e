extension StillImage {
    /// The same in another size, between pixels by the mean of the four around.
    ///
    /// Made for sizes that are not far apart: of a picture more than halved, lines are left out.
    ///
    /// - Parameters:
    ///   - width: Even.
    ///   - height: Even.
    /// - Returns: The picture; itself where it has that size.
    public func resized(width: Int, height: Int) -> StillImage {
        if (width, height) == (self.width, self.height) { return self }
        let (from, to) = ((self.width, self.height), (width, height))
        let (halfFrom, halfTo) = ((self.width / 2, self.height / 2), (width / 2, height / 2))
        return StillImage(
            width: width,
            height: height,
            luma: Self.resized(luma, from, to),
            cb: Self.resized(cb, halfFrom, halfTo),
            cr: Self.resized(cr, halfFrom, halfTo)
        )
    }

    private static func resized(_ plane: [UInt8], _ from: (Int, Int), _ to: (Int, Int)) -> [UInt8] {
        let columns = places(from.0, to.0)
        let rows = places(from.1, to.1)
        return [UInt8](unsafeUninitializedCapacity: to.0 * to.1) { buffer, count in
            for (row, across) in rows.enumerated() {
                let (top, bottom) = (across.first &* from.0, across.second &* from.0)
                for (column, place) in columns.enumerated() {
                    // At most 255 × 256 × 256, which a UInt32 holds.
                    let upper =
                        UInt32(plane[top &+ place.first]) &* (256 &- place.share)
                        &+ UInt32(plane[top &+ place.second]) &* place.share
                    let lower =
                        UInt32(plane[bottom &+ place.first]) &* (256 &- place.share)
                        &+ UInt32(plane[bottom &+ place.second]) &* place.share
                    let sum = upper &* (256 &- across.share) &+ lower &* across.share
                    buffer[row &* to.0 &+ column] = UInt8(truncatingIfNeeded: (sum &+ 32_768) >> 16)
                }
            }
            count = to.0 * to.1
        }
    }

    /// Between which two of the old places each new one lies, and how near to the second, in parts of 256.
    private static func places(_ from: Int, _ to: Int) -> [(first: Int, second: Int, share: UInt32)] {
        (0..<to).map { new in
            let exact = max(0, (Double(new) + 0.5) * Double(from) / Double(to) - 0.5)
            let first = min(Int(exact), from - 1)
            return (first, min(first + 1, from - 1), UInt32((exact - Double(first)) * 256))
        }
    }
}
