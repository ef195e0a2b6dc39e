internal import MomentsAnalysis

/// How rare the sight of each moment is in this video: what is seen all the time is not what the video is about.
enum Rarity {
    /// Looks nearer than this are one sight; see `Appearance.similarity`.
    static let sameSight: Float = 0.75
    /// At most so many looks are compared with each; more would cost time and change nothing.
    private static let references = 600

    /// How rare each look is.
    ///
    /// - Parameter appearance: The video's looks.
    /// - Returns: For each look the halvings of the video's length its sight lasts, against the median look: 0 for a
    ///   usual sight, 2 for one that lasts a quarter as long. At the most short sight counts as 2 s.
    static func scores(_ appearance: Appearance) -> [Float] {
        let count = appearance.count
        guard count > 1 else { return [Float](repeating: 0, count: count) }
        let looks = (0..<count).map { appearance.normalized($0) }
        let stride = max(1, count / references)
        let compared = Swift.stride(from: 0, to: count, by: stride).map { looks[$0] }
        let share = Float(Appearance.interval) * Float(stride)
        let seconds = looks.map { look -> Float in
            let same = compared.count { product(look, $0) > sameSight }
            return max(2, share * Float(same))
        }
        let usual = RobustScale.median(seconds)
        return seconds.map { halvings(usual / $0) }
    }

    private static func halvings(_ ratio: Float) -> Float {
        // The logarithm to base 2 from the number's own exponent: exact enough, and the same everywhere.
        guard ratio > 0 else { return 0 }
        return Float(ratio.exponent) + ratio.significand - 1
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
