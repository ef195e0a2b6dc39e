/// What each signal counts for those whose reels they are, as learnt from their edits.
public struct Taste: Hashable, Codable, Sendable {
    /// How many edits it was learnt from.
    public let edits: Int
    /// What tells it from any other; empty for none.
    public let version: String
    /// What signals count, within their bounds; one that is missing counts what it does anyway.
    public let weights: [String: Double]

    /// Without a taste.
    public static let none = Taste(edits: 0, weights: [:])

    /// Makes a taste; weights are kept within their bounds, and those of unknown signals dropped.
    public init(edits: Int, version: String = "", weights: [String: Double]) {
        self.edits = edits
        self.version = version
        self.weights = weights.reduce(into: [:]) { known, weight in
            guard let signal = TasteSignal(rawValue: weight.key), weight.value.isFinite else { return }
            known[weight.key] = min(max(weight.value, signal.bounds.lowerBound), signal.bounds.upperBound)
        }
    }

    /// Reads a taste; numbers out of their range are brought into it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            edits: try values.number(forKey: .edits, in: 0...1_000_000_000),
            version: try values.decode(String.self, forKey: .version),
            weights: try values.decode([String: Double].self, forKey: .weights)
        )
    }

    /// Whether it changes nothing.
    public var isNone: Bool { TasteSignal.allCases.allSatisfy { weight(of: $0) == $0.shipped } }

    /// What a signal counts.
    public func weight(of signal: TasteSignal) -> Double { weights[signal.rawValue] ?? signal.shipped }

    /// What a signal counts, as a multiple of what it does anyway.
    public func multiple(of signal: TasteSignal) -> Double {
        signal.shipped > 0 ? weight(of: signal) / signal.shipped : 1
    }

    /// What it changes, the most first: "you often keep faces: +0.4".
    public var words: [String] {
        let changes = TasteSignal.allCases.map { signal in
            // Saliency is counted once for all ranks together.
            (signal: signal, by: (weight(of: signal) - signal.shipped) / max(1, signal.shipped))
        }
        return changes.filter { abs($0.by) >= 0.1 }.sorted { abs($0.by) > abs($1.by) }.prefix(Self.mostWords).map {
            let verb = $0.by > 0 ? "you often keep" : "you seldom keep"
            let tenths = Int((abs($0.by) * 10).rounded())
            return "\(verb) \($0.signal.words): \($0.by > 0 ? "+" : "−")\(tenths / 10).\(tenths % 10)"
        }
    }

    private static let mostWords = 5

    /// What the manifest says of it.
    public var info: TasteInfo { TasteInfo(edits: edits, version: version, changes: words) }
}
