extension RandomAccessCollection where Index == Int {
    /// The first place from which on a condition does not hold any more; it must hold for all before it.
    func partitioned(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
