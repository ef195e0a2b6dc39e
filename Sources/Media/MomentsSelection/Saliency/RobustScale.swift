/// Puts a curve on a scale of its own ordinary variation: how many spreads above what is usual around it.
///
/// Median and median absolute deviation of a window well longer than any event, so that the event does not raise its
/// own measure. An absolute threshold would fit one recording and fail the next.
enum RobustScale {
    /// Seconds of the window; a shorter video is one window.
    static let window = 300.0

    /// The curve in spreads above the usual.
    ///
    /// - Parameters:
    ///   - values: The curve.
    ///   - interval: Seconds between its entries.
    ///   - floor: The smallest spread assumed: what a person would not notice.
    ///   - excluded: Entries that say nothing about what is usual; same count as `values`.
    /// - Returns: As many entries; 0 where nothing is known.
    static func scores(_ values: [Float], interval: Double, floor: Float, excluded: [Bool]) -> [Float] {
        let half = max(1, Int(window / interval / 2))
        let step = max(1, Int(10 / interval))
        var result = [Float](repeating: 0, count: values.count)
        var block = 0
        while block < values.count {
            let middle = min(block + step / 2, values.count - 1)
            // At the ends the window keeps its length and lies inside.
            let from = max(0, min(middle - half, values.count - 2 * half))
            let to = min(values.count, max(middle + half, 2 * half))
            // One in ten is enough for a median of thousands.
            let stride = max(1, (to - from) / 600)
            var sample: [Float] = []
            var index = from
            while index < to {
                if !excluded[index] { sample.append(values[index]) }
                index += stride
            }
            let (usual, spread) = medianAndSpread(sample)
            for index in block..<min(block + step, values.count) {
                result[index] = excluded[index] ? 0 : (values[index] - usual) / max(spread, floor)
            }
            block += step
        }
        return result
    }

    /// The median, and 1.4826 times the median distance from it: the standard deviation where values are normal.
    static func medianAndSpread(_ values: [Float]) -> (median: Float, spread: Float) {
        guard !values.isEmpty else { return (0, 0) }
        let middle = median(values)
        return (middle, 1.4826 * median(values.map { abs($0 - middle) }))
    }

    static func median(_ values: [Float]) -> Float {
        guard !values.isEmpty else { return 0 }
        var values = values
        return values.withUnsafeMutableBufferPointer { values in
            let half = values.count / 2
            let upper = ranked(&values, half)
            if values.count % 2 == 1 { return upper }
            // What lies before is no greater.
            return (values[..<half].reduce(-.infinity, max) + upper) / 2
        }
    }

    /// The value of a rank, and lesser ones before it (Hoare's FIND): sorting all would take five times as long.
    private static func ranked(_ values: inout UnsafeMutableBufferPointer<Float>, _ rank: Int) -> Float {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let pivot = values[(low + high) / 2]
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                guard left <= right else { break }
                values.swapAt(left, right)
                left += 1
                right -= 1
            }
            if rank <= right {
                high = right
            } else if rank >= left {
                low = left
            } else {
                break
            }
        }
        return values[rank]
    }
}
