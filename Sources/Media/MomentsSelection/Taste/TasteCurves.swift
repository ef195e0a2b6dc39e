internal import MomentsAnalysis
internal import MomentsCore

/// All that a taste can be for or against in a video, to describe stretches of it.
struct TasteCurves {
    private let curves: [TasteSignal: [Float]]
    private let visible: [Bool]

    /// Collects the signals.
    ///
    /// - Parameters:
    ///   - score: What they are worth; under which taste is the same.
    ///   - signals: What the analysis found.
    ///   - saliency: How far each entry stands out.
    ///   - noticed: What is known besides.
    init(_ score: MomentScore, _ signals: Signals, _ saliency: Saliency, _ noticed: Noticed) {
        curves = score.tasted.merging(TasteLeanings.curves(signals, saliency, noticed)) { own, _ in own }
        visible = saliency.visible
    }

    /// Describes a stretch; nil where nothing of it is to be seen.
    func stretch(_ range: TimeRange) -> TasteStretch? {
        let entries = Draft(range: range).entries.clamped(to: visible.indices).filter { visible[$0] }
        guard !entries.isEmpty else { return nil }
        var signals: [String: Double] = [:]
        for (signal, curve) in curves {
            let mean = entries.reduce(0) { $0 + Double(curve[$1]) } / Double(entries.count)
            signals[signal.rawValue] = (mean * 1000).rounded() / 1000
        }
        func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
        return TasteStretch(
            start: rounded(range.start.seconds),
            end: rounded(range.end.seconds),
            signals: signals
        )
    }

    /// The curve of a signal; nil for one that this video does not have.
    func curve(of signal: TasteSignal) -> [Float]? { curves[signal] }
}
