internal import Glibc
internal import MomentsAnalysis

/// What entries of the signals' grid are worth as a poster, beside each other.
///
/// A good poster shows what is best of the video, sharp, in colours, and most of all people, whose skin is red beside what
/// surrounds it. Places among the entries say more than the figures, which differ from video to video. More signals, and
/// weights fitted to one half of 54 clips with judged posters, gave nothing on the other half. An entry is held against
/// what lies around it, too: a picture between two blurred ones is luck.
struct PosterMerit {
    private let visual: VisualCurves
    private let appearance: Appearance
    private let worth: [Float]

    /// Prepares.
    ///
    /// - Parameters:
    ///   - signals: What the analysis knows.
    ///   - worth: What each entry is worth in a reel; nothing is told by those that are missing.
    init(_ signals: Signals, worth: [Float]) {
        (visual, appearance, self.worth) = (signals.visual, signals.appearance, worth)
    }

    /// How much each entry is worth as a poster.
    ///
    /// - Parameter entries: The numbers of those to choose from, rising, none twice.
    /// - Returns: For each 0 (nothing) to 1 (the best in every way, among others like it).
    func merits(of entries: [Int]) -> [Double] {
        let looks = entries.map { appearance.count > 0 ? appearance.tint(of: sample(of: $0)) : (color: 0, red: 0) }
        let signals: [(values: [Double], weight: Double)] = [
            (entries.map { value(worth, $0) }, 1), (entries.map { value(visual.sharpness, $0) }, 1),
            (looks.map { Double($0.red) }, 1), (looks.map { Double($0.color) }, 0.5),
        ]
        let all = signals.reduce(0) { $0 + $1.weight }
        let places = signals.map { (places: Self.places($0.values), weight: $0.weight / all) }
        let merits = entries.indices.map { index in
            places.reduce(0) { $0 + $1.weight * $1.places[index] } * taken(entries[index])
        }
        return Self.around(entries, merits)
    }

    /// How well an entry's frames are taken: 1 for what is exposed well and held still, else less.
    private func taken(_ entry: Int) -> Double {
        let lost = (1 - max(0, value(visual.dark, entry) - 0.1)) * (1 - max(0, value(visual.bright, entry) - 0.05))
        // Motion blurs: a camera that crosses the frame within two seconds, or shakes by a hundredth of it.
        let steady = 1 / (1 + Self.unsteady * (2 * value(visual.camera, entry) + value(visual.shake, entry)))
        let frozen = isFrozen(entry) ? 0.5 : 1
        return lost * steady * frozen
    }

    /// Whether not even noise changes for half a second around an entry.
    private func isFrozen(_ entry: Int) -> Bool {
        let around = max(0, entry - 1)...min(visual.count - 1, entry + 1)
        return around.allSatisfy { $0 < visual.change.count && visual.change[$0] == 0 }
    }

    /// The look that shows an entry.
    private func sample(of entry: Int) -> Int {
        min(Int(Double(entry) * VisualCurves.interval / Appearance.interval), appearance.count - 1)
    }

    private func value(_ curve: [Float], _ entry: Int) -> Double { entry < curve.count ? Double(curve[entry]) : 0 }

    /// The place of each value among all: 0 lowest, 1 highest, equal ones in the middle of theirs.
    private static func places(_ values: [Double]) -> [Double] {
        guard values.count > 1 else { return values.map { _ in 0.5 } }
        let order = values.indices.sorted { values[$0] < values[$1] }
        var places = [Double](repeating: 0, count: values.count)
        var first = 0
        while first < order.count {
            var last = first
            while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
            let place = Double(first + last) / 2 / Double(values.count - 1)
            for index in order[first...last] { places[index] = place }
            first = last + 1
        }
        return places
    }

    /// The mean of merits over the time around each; what cannot be chosen, such as a transition, counts as nothing.
    private static func around(_ entries: [Int], _ merits: [Double]) -> [Double] {
        let reach = Int((3 * blur / VisualCurves.interval).rounded())
        let weights = (-reach...reach).map { exp(-0.5 * pow(Double($0) * VisualCurves.interval / blur, 2)) }
        let all = weights.reduce(0, +)
        return entries.indices.map { index in
            let near = max(0, index - reach)...min(entries.count - 1, index + reach)
            return near.reduce(0) { sum, other in
                let distance = entries[other] - entries[index]
                return abs(distance) <= reach ? sum + weights[distance + reach] * merits[other] : sum
            } / all
        }
    }

    /// Seconds of one standard deviation over which merits are taken together.
    private static let blur = 0.3
    /// How much the camera's motion counts.
    private static let unsteady = 0.2
}
