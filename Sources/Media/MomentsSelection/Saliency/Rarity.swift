internal import MomentsAnalysis

/// How rare the sight of each moment is in this video: what is seen all the time is not what the video is about.
enum Rarity {
    /// Looks nearer than this are one sight; see `Appearance.similarity`.
    static let sameSight: Float = 0.75
    /// At most so many kinds are told apart; more would cost time and change nothing.
    private static let mostKinds = 600

    /// How many seconds of the video each sample's sight is seen.
    ///
    /// Looks are gathered round the first of their kind; a sample's sight is every kind it resembles.
    ///
    /// - Parameter appearance: The video's looks.
    /// - Returns: One number for each sample, at least 2.
    static func seconds(_ appearance: Appearance) -> [Float] {
        let samples = (0..<appearance.count).map { appearance.normalized($0) }
        var kinds: [[Float]] = []
        var counts: [Int] = []
        var last = 0
        for sample in samples {
            // The kind seen last is the likeliest by far.
            if last < kinds.count, product(sample, kinds[last]) > sameSight {
                counts[last] += 1
            } else if let kind = kinds.firstIndex(where: { product(sample, $0) > sameSight }) {
                counts[kind] += 1
                last = kind
            } else if kinds.count < mostKinds {
                last = kinds.count
                kinds.append(sample)
                counts.append(1)
            }
        }
        return samples.map { sample in
            let same = kinds.indices.reduce(0) { $0 + (product(sample, kinds[$1]) > sameSight ? counts[$1] : 0) }
            return max(2, Float(Appearance.interval) * Float(same))
        }
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
