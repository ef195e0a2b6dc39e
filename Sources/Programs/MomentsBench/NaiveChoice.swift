internal import Glibc

/// What a program chooses that looks at one plain figure only: to be beaten.
public enum NaiveChoice {
    /// Seconds between two figures.
    public static let step = 0.2
    /// Grey pictures a second that `motion` is made of.
    public static let pictures = 5
    /// The width of those pictures.
    public static let width = 96
    /// Their height.
    public static let height = 54
    /// Samples a second that `loudness` is made of.
    public static let rate = 8000

    /// The mean difference of each picture from the one before; 0 for the first.
    ///
    /// - Parameter grey: Pictures of `width` × `height` bytes, one after the other; every third byte is looked at.
    /// - Returns: A figure for each picture: 0–255.
    public static func motion(of grey: [UInt8]) -> [Double] {
        let size = width * height
        let count = grey.count / size
        guard count > 0 else { return [0] }
        return [0]
            + (1..<count).map { index in
                var sum = 0
                for place in stride(from: index * size, to: (index + 1) * size, by: 3) {
                    sum += abs(Int(grey[place]) - Int(grey[place - size]))
                }
                return Double(sum) / (Double(size) / 3)
            }
    }

    /// The logarithm of the root mean square of each fifth of a second.
    ///
    /// - Parameters:
    ///   - sound: Samples of 16 bits, the low byte first.
    ///   - count: How many figures are wanted.
    /// - Returns: So many figures; 0 where there is no sound.
    public static func loudness(of sound: [UInt8], count: Int) -> [Double] {
        let size = Int(Double(rate) * step)
        let samples = sound.count / 2
        var levels = stride(from: 0, to: samples, by: size).map { start in
            let end = min(start + size, samples)
            var sum = 0.0
            for index in start..<end {
                let sample = Int16(truncatingIfNeeded: Int(sound[2 * index]) | Int(sound[2 * index + 1]) << 8)
                sum += Double(sample) * Double(sample)
            }
            return log10(1 + (sum / Double(end - start)).squareRoot())
        }
        levels += [Double](repeating: 0, count: max(0, count - levels.count))
        return Array(levels.prefix(count))
    }

    /// Takes the windows of three seconds with the highest sums, best first, none over another.
    ///
    /// - Parameters:
    ///   - series: A figure for each fifth of a second.
    ///   - target: How long the reel should be, in seconds.
    ///   - duration: Seconds of the video.
    /// - Returns: The reel, in the video's order.
    public static func reel(by series: [Double], target: Double, duration: Double) -> JudgedReel {
        let length = min(15, max(5, Int(target / step)))
        let starts = 0..<max(1, series.count - length + 1)
        let sums = starts.map { series[$0..<min($0 + length, series.count)].reduce(0, +) }
        var taken = [Bool](repeating: false, count: series.count)
        var shots: [Span] = []
        var left = target
        // Of equal ones the first.
        for start in starts.sorted(by: { (-sums[$0], $0) < (-sums[$1], $1) }) {
            guard left >= 0.99 else { break }
            let size = min(length, Int(left / step))
            let window = start..<min(start + size, series.count)
            guard !taken[window].contains(true) else { continue }
            for index in window { taken[index] = true }
            shots.append(Span(Double(start) * step, min(duration, Double(start + size) * step)))
            left -= Double(size) * step
        }
        shots.sort { $0.start < $1.start }
        return JudgedReel(shots, duration: duration, target: target)
    }
}
