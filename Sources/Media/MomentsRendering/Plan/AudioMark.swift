internal import MomentsCore

/// How loud a reel was meant to be from one millisecond to the next around a join: enough to find it again.
public struct AudioMark: Hashable, Codable, Sendable {
    /// The first millisecond, from the reel's start; negative where the join is nearer to that.
    let start: Int
    /// The mean of all samples' sizes in each millisecond.
    private(set) var levels: [Float]
    private var counts: [Int32]

    /// How far it reaches to each side of the join, in milliseconds.
    private static let reach = 250
    /// The farthest shift looked for, in milliseconds.
    private static let farthest = 80

    /// A mark around a join, still silent.
    init(around join: MediaTime) {
        self.init(start: Int(join.timestamp(in: Rational(1, 1000))) - Self.reach, count: 2 * Self.reach)
    }

    /// The same segment and as much around it as is looked at; still silent.
    func widened() -> AudioMark {
        AudioMark(start: start - Self.farthest, count: levels.count + 2 * Self.farthest)
    }

    private init(start: Int, count: Int) {
        self.start = start
        levels = [Float](repeating: 0, count: count)
        counts = [Int32](repeating: 0, count: count)
    }

    /// Takes interleaved samples of which the first one is heard at a sample of the reel.
    mutating func take(_ samples: [Float], from first: Int, channels: Int, rate: Int) {
        let window = start * rate / 1000..<(start + levels.count) * rate / 1000
        let own = window.clamped(to: first..<first + samples.count / channels)
        // Out of the structure and back again, for the loop's sake.
        var (levels, counts) = (levels, counts)
        (self.levels, self.counts) = ([], [])
        for place in own {
            let slot = place * 1000 / rate - start
            guard levels.indices.contains(slot) else { continue }
            var sum: Float = 0
            let begin = (place - first) * channels
            for index in begin..<begin + channels { sum += abs(samples[index]) }
            counts[slot] += 1
            levels[slot] += (sum / Float(channels) - levels[slot]) / Float(counts[slot])
        }
        (self.levels, self.counts) = (levels, counts)
    }

    /// Compares with what was found.
    ///
    /// - Parameter found: What was found at this mark's `widened()` place.
    /// - Returns: By how many milliseconds it is late; nil where it is too even to tell.
    func shift(of found: AudioMark) -> Int? {
        let mean = levels.reduce(0, +) / Float(levels.count)
        let spread = (levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(levels.count)).squareRoot()
        guard mean > 0.001, spread > 0.2 * mean else { return nil }
        let similarities = (0...2 * Self.farthest).map { similarity(to: found.levels[$0..<$0 + levels.count]) }
        guard let best = similarities.indices.max(by: { similarities[$0] < similarities[$1] }), similarities[best] > 0.5
        else {
            return nil
        }
        // Of places that fit equally well, as those of a steady beat do, the one meant counts.
        return similarities[Self.farthest] > similarities[best] - 0.05 ? 0 : best - Self.farthest
    }

    /// The correlation with other levels: −1…1.
    private func similarity(to other: ArraySlice<Float>) -> Float {
        let count = Float(levels.count)
        let (a, b) = (levels.reduce(0, +) / count, other.reduce(0, +) / count)
        var (ab, aa, bb): (Float, Float, Float) = (0, 0, 0)
        for (own, found) in zip(levels, other) {
            ab += (own - a) * (found - b)
            aa += (own - a) * (own - a)
            bb += (found - b) * (found - b)
        }
        return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
    }
}
