internal import Glibc

/// How loud a recording is, a hundred times a second: enough to find the same moment in another one.
public struct LoudnessTrace: Sendable {
    /// Values a second.
    public static let rate = 100
    /// Samples a second that are taken.
    public static let sampleRate = 8000

    /// Changes of loudness in logarithms, 0 where it does not rise.
    public private(set) var values: [Float] = []
    private var energy: Float = 0
    private var count = 0
    private var last: Float?
    private var previous: Float = 0

    /// Makes an empty trace.
    public init() {}

    /// Adds samples of one channel.
    public mutating func add(_ samples: [Float]) {
        for sample in samples {
            // High tones tell moments better than the rumble of wind.
            let edge = sample - 0.9 * previous
            previous = sample
            energy += edge * edge
            count += 1
            guard count == Self.sampleRate / Self.rate else { continue }
            let level = log10(energy / Float(count) + 1e-9)
            values.append(max(-0.5, level - (last ?? level)))
            last = level
            (energy, count) = (0, 0)
        }
    }

    /// Where another recording of the same moment begins in this one.
    ///
    /// - Parameter other: The other one's trace.
    /// - Returns: Seconds from this one's beginning, to 10 ms; nil where they share no moment for sure.
    public func offset(of other: LoudnessTrace) -> Double? {
        let coarse = 5
        let (mine, theirs) = (Self.summed(values, coarse), Self.summed(other.values, coarse))
        guard let near = Self.best(mine, theirs, lags: -theirs.count...mine.count, least: 4 * Self.rate / coarse) else {
            return nil
        }
        let around = near.lag * coarse
        let fine = Self.best(
            values,
            other.values,
            lags: around - 3 * coarse...around + 3 * coarse,
            least: 4 * Self.rate,
            isSure: true
        )
        return fine.map { Double($0.lag) / Double(Self.rate) }
    }

    private static func summed(_ values: [Float], _ count: Int) -> [Float] {
        stride(from: 0, to: values.count - values.count % count, by: count).map { start in
            values[start..<start + count].reduce(0, +)
        }
    }

    /// How alike the best place has to be, and by how many spreads above others.
    private static let (alike, spreads): (Float, Float) = (0.3, 7)

    /// The lag at which two traces are most alike, where it stands out.
    private static func best(
        _ one: [Float],
        _ other: [Float],
        lags: ClosedRange<Int>,
        least: Int,
        isSure: Bool = false
    ) -> (lag: Int, likeness: Float)? {
        var found: [(lag: Int, likeness: Float)] = []
        one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
                for lag in lags {
                    let (start, end) = (max(0, lag), min(one.count, lag + other.count))
                    guard end - start >= min(least, min(one.count, other.count)), end - start > 10 else { continue }
                    var (products, mine, theirs): (Float, Float, Float) = (0, 0, 0)
                    for index in start..<end {
                        let (left, right) = (one[index], other[index - lag])
                        products += left * right
                        mine += left * left
                        theirs += right * right
                    }
                    // A short overlap is easily alike.
                    let trust = min(1, Float(end - start) / Float(2 * least))
                    found.append((lag, trust * products / max(1e-6, (mine * theirs).squareRoot())))
                }
            }
        }
        guard let top = found.max(by: { $0.likeness < $1.likeness }) else { return nil }
        if isSure { return top.likeness >= alike ? top : nil }
        let mean = found.reduce(0) { $0 + $1.likeness } / Float(found.count)
        let spread = (found.reduce(0) { $0 + ($1.likeness - mean) * ($1.likeness - mean) } / Float(found.count))
            .squareRoot()
        return top.likeness >= alike && top.likeness - mean >= spreads * spread ? top : nil
    }
}
