internal import MomentsAnalysis

/// How rare the sight of each moment is in this video: what is seen all the time is not what the video is about.
enum Rarity {
    /// Looks nearer than this are one sight; see `Appearance.similarity`.
    static let sameSight: Float = 0.75
    /// At most so many looks are compared with each; more would cost time and change nothing.
    private static let references = 600

    /// How many seconds of the video each look's sight is seen.
    ///
    /// - Parameter appearance: The video's looks.
    /// - Returns: One number for each look, at least 2.
    static func seconds(_ appearance: Appearance) -> [Float] {
        let count = appearance.count
        let looks = (0..<count).map { appearance.normalized($0) }
        let stride = max(1, count / references)
        let compared = Swift.stride(from: 0, to: count, by: stride).map { looks[$0] }
        let share = Float(Appearance.interval) * Float(stride)
        return looks.map { look in
            let same = compared.count { product(look, $0) > sameSight }
            return max(2, share * Float(same))
        }
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
