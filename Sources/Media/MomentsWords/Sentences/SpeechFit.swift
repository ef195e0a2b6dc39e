internal import Glibc

/// Whether subtitles are of what is heard, and how much earlier or later they run.
public struct SpeechFit: Hashable, Sendable {
    /// Seconds to be added to the subtitles' times.
    public let offset: Double
    /// How well they then agree with what is heard: the correlation, −1…1.
    public let agreement: Double
    /// Whether they are of this sound; true also where it cannot be told.
    public let isFit: Bool
    /// Whether the sound could tell.
    public let isTold: Bool

    /// The most seconds subtitles may run early or late.
    public static let reach = 5.0
    /// The least agreement of subtitles that are of this sound where they are in time, and where they are to be moved:
    /// of many offsets one agrees a little by chance.
    private static let (least, leastMoved) = (0.15, 0.3)
    /// How far, in standard deviations, it must stand out from that at times that cannot be meant.
    private static let (outstanding, outstandingMoved) = (3.0, 4.0)
    /// Seconds up to which subtitles are in time.
    private static let inTime = 0.5

    /// Compares subtitles with what is heard.
    ///
    /// - Parameters:
    ///   - cues: In order.
    ///   - level: The sound's level in dB, on a regular grid.
    ///   - speech: How much it resembles speech, 0–1, on the same grid.
    ///   - interval: The grid's step in seconds.
    public init(_ cues: [Cue], level: [Float], speech: [Float], interval: Double) {
        let count = min(level.count, speech.count)
        let spoken = cues.filter { !$0.isMark }
        let said = spoken.reduce(0) { $0 + ($1.end - $1.start) }
        let voice = Self.voice(level, speech, interval: interval, count: count)
        let marks = Self.marks(spoken, interval: interval, count: count)
        let spread = Self.spread(voice)
        guard count > 0, said > 4, spoken.count >= 3, spread > 0.05, Self.spread(marks) > 0.05 else {
            self.init(offset: 0, agreement: 0, isFit: true, isTold: false)
            return
        }
        let most = Int(Self.reach / interval)
        let near = (-most...most).map { Self.correlation(marks, voice, shift: $0) }
        let best = near.indices.max { near[$0] < near[$1] } ?? most
        let now = near[most]
        // What chance gives: shifts around the whole video that cannot be meant; a short one has none.
        let far = stride(from: 2 * most, to: count - 2 * most, by: max(1, (count - 4 * most) / 150))
            .map { Self.correlation(marks, voice, shift: $0, isCircular: true) }
        let mean = far.reduce(0, +) / Double(max(1, far.count))
        let deviation = (far.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, far.count))).squareRoot()
        let isInTime = Double(abs(best - most)) * interval <= Self.inTime
        let clear = mean + (isInTime ? Self.outstanding : Self.outstandingMoved) * deviation
        let isClear = far.count < 20 || near[best] > clear
        let isMoved = near[best] - now > 0.03 && abs(best - most) * Int(interval * 1000) >= 150
        self.init(
            offset: isMoved ? Double(best - most) * interval : 0,
            agreement: near[best],
            isFit: near[best] >= (isInTime ? Self.least : Self.leastMoved) && isClear,
            isTold: true
        )
    }

    private init(offset: Double, agreement: Double, isFit: Bool, isTold: Bool) {
        self.offset = (offset * 1000).rounded() / 1000
        self.agreement = (agreement * 1000).rounded() / 1000
        self.isFit = isFit
        self.isTold = isTold
    }

    /// How much each entry sounds like a voice: 0–1; the level against what is usual around it, and its kind.
    private static func voice(_ level: [Float], _ speech: [Float], interval: Double, count: Int) -> [Double] {
        var voice = [Double](repeating: 0, count: count)
        let (reach, step) = (Int(8 / interval), max(1, Int(2 / interval)))
        for first in stride(from: 0, to: count, by: step) {
            let around = level[max(0, first - reach)..<min(count, first + reach)].sorted()
            let (floor, loud) = (around[around.count / 20], around[around.count * 9 / 10])
            guard loud - floor > 4 else { continue }
            for index in first..<min(count, first + step) {
                let height = min(max((level[index] - floor) / (loud - floor), 0), 1)
                // The middle of the range tells a pause from a word best.
                let sharp = min(max((Double(height) - 0.25) / 0.4, 0), 1)
                voice[index] = sharp * (0.4 + 0.6 * Double(speech[index]))
            }
        }
        return voice
    }

    /// Where the subtitles say that somebody speaks: 0–1, with a notch where one cue gives way to the next.
    private static func marks(_ cues: [Cue], interval: Double, count: Int) -> [Double] {
        var marks = [Double](repeating: 0, count: count)
        for cue in cues {
            let from = max(0, Int((cue.start / interval).rounded()))
            let to = min(count, Int((cue.end / interval).rounded()))
            if from < to { for index in from..<to { marks[index] = 1 } }
        }
        for (first, second) in zip(cues, cues.dropFirst()) where second.start - first.end < 0.1 {
            // Nobody speaks on without a breath.
            let place = Int((second.start / interval).rounded())
            // Subtitles may go on behind the sound's end.
            for index in (place - 2..<place + 2).clamped(to: 0..<count) { marks[index] = min(marks[index], 0.4) }
        }
        return marks
    }

    private static func spread(_ values: [Double]) -> Double {
        let count = Double(max(1, values.count))
        let mean = values.reduce(0, +) / count
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }

    /// The correlation of two curves, the first moved by some entries.
    private static func correlation(
        _ first: [Double],
        _ second: [Double],
        shift: Int,
        isCircular: Bool = false
    ) -> Double {
        let count = second.count
        let from = isCircular ? 0 : max(0, shift)
        let to = isCircular ? count : min(count, count + shift)
        guard to - from > 20 else { return 0 }
        var (sumA, sumB, sumAA, sumBB, sumAB) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var place = from - shift
        if place < 0 { place += count }
        for index in from..<to {
            let (a, b) = (first[place], second[index])
            place += 1
            if place == count { place = 0 }
            sumA += a
            sumB += b
            sumAA += a * a
            sumBB += b * b
            sumAB += a * b
        }
        let size = Double(to - from)
        let (varA, varB) = (sumAA - sumA * sumA / size, sumBB - sumB * sumB / size)
        guard varA > 1e-9, varB > 1e-9 else { return 0 }
        return (sumAB - sumA * sumB / size) / (varA * varB).squareRoot()
    }
}
