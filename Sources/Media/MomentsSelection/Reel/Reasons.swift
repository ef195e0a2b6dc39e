/// Says in plain words what stood out.
struct Reasons {
    /// The signals that stood out, in spreads above the usual.
    private(set) var signals: [String: Double] = [:]
    /// The same for people.
    private(set) var words: [String] = []

    /// Looks at the best second of a moment, signal by signal.
    init(_ moment: Moment, in saliency: Saliency) {
        let entries = moment.start..<min(moment.end, saliency.count)
        guard !entries.isEmpty else { return }
        let loud = Self.high(saliency.loudness, entries)
        let crowd = Self.high(saliency.crowd, entries)
        let moved = Self.high(saliency.motion, entries)
        let new = Self.high(saliency.novelty, entries)
        if loud >= 1.5 {
            add("loudness", loud, "\(crowd > 0.5 ? "loud, like a crowd," : "loud") \(Self.tenths(loud)) above usual")
        }
        if moved >= 1.5 { add("motion", moved, "lively motion \(Self.tenths(moved)) above usual") }
        if new >= 1.5 { add("novelty", new, "a sight seen only briefly in this video") }
        if words.isEmpty, Self.high(saliency.total, entries) >= ReelPlanner.outstanding {
            words.append("lively, as much of this video")
        }
        if signals.count > 1 { words.append("several signs at once") }
    }

    private mutating func add(_ name: String, _ value: Float, _ text: String) {
        signals[name] = Double(Self.tenths(value)) ?? 0
        words.append(text)
    }

    /// The mean of the highest second.
    private static func high(_ values: [Float], _ entries: Range<Int>) -> Float {
        let second = min(entries.count, Int(1 / Saliency.interval))
        return values[entries].sorted(by: >).prefix(second).reduce(0, +) / Float(second)
    }

    /// A number with one digit after the point.
    static func tenths(_ value: Float) -> String {
        let whole = Int((min(max(value, -999), 999) * 10).rounded())
        return "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
    }
}
