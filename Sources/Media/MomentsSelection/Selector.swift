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
    ///   - verdicts: What a judge thinks of windows of the video; empty without one.
    ///   - marks: What somebody marked; `options` say what that counts for.
    ///   - spoken: What is said in it; sentences are not cut into, wherever decoding can start.
    ///   - wished: What people want to see of it.
    ///   - taste: What each signal counts for those whose reel it is.
    ///   - noticed: What is known besides of who is in it; of use with a taste alone.
    ///   - longestShot: How long a shot may be, in seconds; nil for as long as anywhere.
    /// - Returns: The reel's shots with their reasons; no shot only where every frame is banned.
    public static func select(
        _ signals: Signals,
        options: JobOptions,
        bindsStarts: Bool = false,
        verdicts: [Verdict] = [],
        marks: [Mark] = [],
        spoken: Spoken = .none,
        wished: Wished = .none,
        taste: Taste = .none,
        noticed: Noticed = .none,
        longestShot: Double? = nil
    ) -> Selection {
        let saliency = Saliency(signals)
        let scenes = SceneImportance.rated(signals.scenes, saliency)
        let edits = Edits(options, signals.frames)
        let score = MomentScore(
            signals,
            saliency,
            verdicts: verdicts,
            marks: options.marks == .off ? [] : ChapterMarks.moments(marks, signals.scenes),
            spoken: spoken,
            wished: wished,
            taste: taste,
            noticed: noticed
        )
        let target = options.targetDuration
        if !edits.segments.isEmpty {
            let shots = edits.segments.map { Draft(range: $0, reasons: ["asked for"]) }
            return Selection(drafts: shots, misses: [], saliency: saliency, score: score, scenes: scenes, note: nil)
        }
        if signals.frames.end.seconds <= target {
            let whole = edits.free.map { Draft(range: $0, reasons: ["the whole video fits"]) }
            return Selection(drafts: whole, misses: [], saliency: saliency, score: score, scenes: scenes, note: nil)
        }
        return Chooser(
            signals,
            saliency,
            score,
            edits,
            options,
            longest: longestShot ?? ShotLength.longest,
            bindsStarts: bindsStarts && spoken.isEmpty,
            statements: StatementEdges(spoken)
        ).selection(scenes)
    }
}
