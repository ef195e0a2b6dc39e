internal import FoundationEssentials

extension Appearance {
    /// The difference in colour between two samples once the overall cast is taken out, in chroma steps.
    public func colorDifference(_ first: Int, _ second: Int) -> Float {
        var total: Float = 0
        for plane in 0..<2 {
            let (a, b) = (chroma(first, plane), chroma(second, plane))
            let mean = (a.reduce(0, +) - b.reduce(0, +)) / Float(a.count)
            total += zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1 - mean) } / Float(a.count)
        }
        return total
    }

    func luma(_ sample: Int) -> [Float] {
        let start = cells.startIndex + sample * Self.stride
        return cells[start..<start + Self.columns * Self.rows].map { Float($0) }
    }

    private func chroma(_ sample: Int, _ plane: Int) -> [Float] {
        let size = Self.chromaColumns * Self.chromaRows
        let start = cells.startIndex + sample * Self.stride + Self.columns * Self.rows + plane * size
        return cells[start..<start + size].map { Float($0) }
    }
}

extension Appearance {
    /// One sample's luma with mean 0 and length 1: the product of two of these is their correlation.
    ///
    /// - Parameter sample: Its number.
    /// - Returns: 96 numbers; shorter than 1 for a nearly plain frame, so that it resembles nothing by chance.
    public func normalized(_ sample: Int) -> [Float] {
        Sight.centred(luma(sample))
    }
}
