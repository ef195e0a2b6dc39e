/// Puts a curve on the scale of its own ranks: comparable between signals and videos, whatever the unit.
enum Ranks {
    /// Each value's place among all of them.
    ///
    /// - Parameters:
    ///   - values: The curve.
    ///   - excluded: Entries that are not compared; same count as `values`.
    /// - Returns: 0 for the lowest, 1 for the highest, equal values alike; 0 for what is excluded. A curve that never
    ///   changes is 0.5 throughout.
    static func places(_ values: [Float], excluded: [Bool]) -> [Float] {
        let order = values.indices.filter { !excluded[$0] }.sorted { values[$0] < values[$1] }
        var result = [Float](repeating: 0, count: values.count)
        let last = Float(max(1, order.count - 1))
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
            let place = order.count == 1 ? 0.5 : Float(first + end - 1) / 2 / last
            for index in order[first..<end] { result[index] = place }
            first = end
        }
        return result
    }

    /// Each value's place among those around it.
    ///
    /// - Parameters:
    ///   - values: The curve.
    ///   - reach: Entries to both sides that it is compared with.
    ///   - excluded: Entries that are not compared; same count as `values`.
    /// - Returns: As `places`; the cost grows with the count times the reach.
    static func nearPlaces(_ values: [Float], reach: Int, excluded: [Bool]) -> [Float] {
        values.indices.map { index in
            guard !excluded[index] else { return 0 }
            let near = max(0, index - reach)...min(values.count - 1, index + reach)
            var (lower, equal, count): (Int32, Int32, Int32) = (0, 0, 0)
            let own = values[index]
            for other in near where !excluded[other] {
                count &+= 1
                if values[other] < own { lower &+= 1 } else if values[other] == own { equal &+= 1 }
            }
            return count < 2 ? 0.5 : (Float(lower) + Float(equal - 1) / 2) / Float(count - 1)
        }
    }

    /// The median of what lies around each entry, itself included; `reach` entries to both sides.
    static func nearMedians(_ values: [Float], reach: Int) -> [Float] {
        values.indices.map { index in
            RobustScale.median(Array(values[max(0, index - reach)...min(values.count - 1, index + reach)]))
        }
    }
}
