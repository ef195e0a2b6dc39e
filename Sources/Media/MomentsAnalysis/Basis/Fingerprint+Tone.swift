extension Fingerprint {
    /// How different the tones and colours of two frames are, wherever in the frame they are.
    ///
    /// The mean distance between the cells of both once each is sorted, luma and chroma added: a pan over one place
    /// leaves it small.
    func toneDistance(to other: Fingerprint) -> Float {
        let half = chroma.count / 2
        return Self.sortedDistance(luma[...], other.luma[...])
            + Self.sortedDistance(chroma[..<half], other.chroma[..<half])
            + Self.sortedDistance(chroma[half...], other.chroma[half...])
    }

    private static func sortedDistance(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Float {
        guard !first.isEmpty, first.count == second.count else { return 0 }
        let (one, other) = (counts(first), counts(second))
        // The distance between sorted lists is the area between their cumulated counts.
        var (sum, ahead) = (0, 0)
        for value in 0..<256 {
            ahead += one[value] - other[value]
            sum += abs(ahead)
        }
        return Float(sum) / Float(first.count)
    }

    private static func counts(_ cells: ArraySlice<UInt8>) -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        for cell in cells { counts[Int(cell)] += 1 }
        return counts
    }
}
