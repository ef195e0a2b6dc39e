/// Segments in which the bytes of frames rise above what is before and behind, or step from one level to another.
///
/// Dissolves, fades and wipes look like this, and so does a thing that moves for a moment.
enum Swells {
    /// Finds them.
    ///
    /// - Parameter curve: The lengths.
    /// - Returns: Numbers of frames, rising, each with how far it stands out: 1 not at all.
    static func find(_ curve: PacketSizeCurve) -> [(range: Range<Int>, height: Float)] {
        let step = 0.2
        guard let end = curve.seconds.last, end > 2 else { return [] }
        let count = Int(end / step) + 1
        var sums = [Float](repeating: 0, count: count)
        var firsts = [Int](repeating: -1, count: count + 1)
        var counts = [Float](repeating: 0, count: count)
        for number in curve.level.indices {
            let bin = min(max(0, Int(curve.seconds[number] / step + 1e-6)), count - 1)
            sums[bin] += curve.level[number]
            counts[bin] += 1
            if firsts[bin] < 0 { firsts[bin] = number }
        }
        firsts[count] = curve.level.count
        // Where no frame begins for a while, the next one stands.
        for bin in firsts.indices.reversed() where firsts[bin] < 0 { firsts[bin] = firsts[bin + 1] }
        let floor = 0.02 * curve.intraSize
        let values = sums.indices.map { counts[$0] > 0 ? sums[$0] / counts[$0] + floor : floor }
        var found: [(range: Range<Int>, height: Float)] = []
        for bin in 5..<max(5, count - 5) {
            let before = PacketSizeCurve.median(values[bin - 5..<bin])
            let after = PacketSizeCurve.median(values[bin..<min(count, bin + 5)])
            // A step: a second on one level, a second on another.
            let stepped = max(before, after) / min(before, after)
            // A swell: three fifths of a second above both sides.
            let here = values[bin - 1...bin + 1].reduce(0, +) / 3
            let around = max(
                PacketSizeCurve.median(values[max(0, bin - 13)..<max(1, bin - 3)]),
                PacketSizeCurve.median(values[min(count - 1, bin + 4)..<min(count, bin + 14)])
            )
            let height = max(stepped / 1.4, here / max(around, floor))
            guard height > 1.8 else { continue }
            let range = max(0, firsts[max(0, bin - 3)])..<max(1, firsts[min(count, bin + 4)])
            guard range.lowerBound < range.upperBound else { continue }
            if let last = found.last, last.range.upperBound >= range.lowerBound {
                found[found.count - 1] = (last.range.lowerBound..<range.upperBound, max(last.height, height))
            } else {
                found.append((range, height))
            }
        }
        return found
    }
}
