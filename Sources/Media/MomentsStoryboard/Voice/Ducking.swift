internal import Glibc

/// How much of a clip's own sound is let through while a voice speaks.
public struct Ducking: Sendable {
    /// How long it takes to come back, in seconds.
    public static let recovery = 0.3
    /// How long it takes to go down, before the first word, in seconds.
    static let attack = 0.15

    private let spoken: [(start: Double, end: Double)]
    private let depth: Double

    /// Makes the ducking under sentences; pauses that are too short to come back in are passed over.
    ///
    /// - Parameters:
    ///   - sentences: What is said.
    ///   - depth: How far the sound is taken back, in dB.
    public init(_ sentences: [SpokenText], depth: Double) {
        var spoken: [(start: Double, end: Double)] = []
        for sentence in sentences {
            if let last = spoken.last, sentence.start - last.end < Self.recovery + Self.attack {
                spoken[spoken.count - 1].end = max(last.end, sentence.end)
            } else {
                spoken.append((sentence.start, sentence.end))
            }
        }
        (self.spoken, self.depth) = (spoken, depth)
    }

    /// The factor at a moment, in seconds: 1 where nobody speaks.
    public func gain(at seconds: Double) -> Double {
        var share = 0.0
        for stretch in spoken {
            if seconds < stretch.start - Self.attack || seconds > stretch.end + Self.recovery { continue }
            let inside =
                seconds < stretch.start
                ? 1 - (stretch.start - seconds) / Self.attack
                : seconds > stretch.end ? 1 - (seconds - stretch.end) / Self.recovery : 1
            share = max(share, inside)
        }
        return pow(10, -depth * share / 20)
    }

    /// The factors of so many samples, worked out every millisecond and joined by lines.
    public func gains(count: Int, rate: Int) -> [Float] {
        let step = max(1, rate / 1000)
        var gains: [Float] = []
        gains.reserveCapacity(count)
        var place = 0
        while place < count {
            let here = Float(gain(at: Double(place) / Double(rate)))
            let next = Float(gain(at: Double(place + step) / Double(rate)))
            for index in 0..<min(step, count - place) {
                gains.append(here + (next - here) * Float(index) / Float(step))
            }
            place += step
        }
        return gains
    }
}
