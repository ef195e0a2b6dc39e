public import MomentsAnalysis
public import MomentsCore

/// Chooses the moments of a reel: same signals and options, same choice.
public enum Selector {
    /// Chooses.
    ///
    /// - Parameters:
    ///   - signals: What the analysis found.
    ///   - options: The wanted length, and what people asked for.
    ///   - bindsStarts: Whether shots begin where decoding can start even where that costs a part of a moment: encoding
    ///     anything else of the video would take far longer than all the rest.
    /// - Returns: The reel's shots with their reasons; no shot only where every frame is banned.
    public static func select(
        _ signals: Signals,
        options: JobOptions,
        bindsStarts: Bool = false
    ) -> Selection {
        let saliency = Saliency(signals)
        let scenes = SceneImportance.rated(signals.scenes, saliency)
        let edits = Edits(options, signals.frames)
        let target = options.targetDuration
        if !edits.segments.isEmpty {
            let shots = edits.segments.map { Draft(range: $0, reasons: ["asked for"]) }
            return Selection(drafts: shots, misses: [], saliency: saliency, scenes: scenes, note: nil)
        }
        if signals.frames.end.seconds <= target {
            let whole = edits.free.map { Draft(range: $0, reasons: ["the whole video fits"]) }
            return Selection(drafts: whole, misses: [], saliency: saliency, scenes: scenes, note: nil)
        }
        return Chooser(signals, saliency, edits, target, bindsStarts: bindsStarts).selection(scenes)
    }
}

/// A shot on its way into the reel.
struct Draft {
    var range: TimeRange
    var moment: Moment?
    var reasons: [String] = []

    /// The grid's entries the segment covers.
    var entries: Moment {
        let start = Int((range.start.seconds / Saliency.interval).rounded())
        let end = max(start + 1, Int((range.end.seconds / Saliency.interval).rounded()))
        return Moment(start: start, end: end, value: moment?.value ?? 0, peak: moment?.peak ?? 0)
    }
}
