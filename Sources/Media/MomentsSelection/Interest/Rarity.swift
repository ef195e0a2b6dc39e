internal import MomentsAnalysis

/// How rare the sight of each moment is in this video: what is seen all the time is not what the video is about.
enum Rarity {
    /// Looks nearer than this are one sight; see `Appearance.similarity`.
    static let sameSight: Float = 0.75
    /// At most so many sights are told apart; more would cost time and change nothing.
    private static let mostSights = 600

    /// How many seconds of the video each look's sight is seen.
    ///
    /// Looks are gathered round the first of their kind, in the order of the video.
    ///
    /// - Parameter appearance: The video's looks.
    /// - Returns: One number for each look, at least 2.
    static func seconds(_ appearance: Appearance) -> [Float] {
        var sights: [[Float]] = []
        var counts: [Int] = []
        var belongs: [Int?] = []
        for number in 0..<appearance.count {
            let look = appearance.normalized(number)
            // The sight seen last is the likeliest by far.
            if let last = belongs.last ?? nil, product(look, sights[last]) > sameSight {
                belongs.append(last)
                counts[last] += 1
            } else if let sight = sights.firstIndex(where: { product(look, $0) > sameSight }) {
                belongs.append(sight)
                counts[sight] += 1
            } else if sights.count < mostSights {
                belongs.append(sights.count)
                sights.append(look)
                counts.append(1)
            } else {
                belongs.append(nil)
            }
        }
        return belongs.map { sight in max(2, Float(Appearance.interval) * Float(sight.map { counts[$0] } ?? 1)) }
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
