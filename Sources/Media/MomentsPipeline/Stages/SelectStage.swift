public import MomentsAnalysis
public import MomentsCore
public import MomentsSelection

/// The third stage, from findings to shots; it reads and writes nothing.
public struct SelectStage: JobStage {
    static let stage = Stage.select
    static let failure = StageFailure(kind: .decodeFailed) { "No moments of \($0) could be chosen." }
    /// What a choice depends on.
    static let options = [
        StageOption(\.targetDuration), StageOption(\.length), StageOption(\.segments), StageOption(\.pin),
        StageOption(\.ban), StageOption(\.marks), StageOption(\.product),
    ]

    private let known: VideoKnowledge
    private let spoken: Spoken
    /// What people want to see of it.
    let wishes: JobWishes
    /// What is known of who is in it, for tastes.
    let noticed: Noticed

    private var signals: Signals { known.signals }

    /// Prepares.
    ///
    /// - Parameters:
    ///   - known: What was found out about the video.
    ///   - wishes: What people want to see of it.
    init(_ known: VideoKnowledge, _ wishes: JobWishes) {
        (self.known, self.wishes) = (known, wishes)
        (spoken, noticed) = (known.words.spoken, Noticed(known.subjects, count: known.signals.visual.count))
    }

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Selection {
        try chosen(by: context.spec.options, in: context).noting(wishes.note)
    }

    /// What is chosen with these options.
    private func chosen(by options: JobOptions, in context: StageContext) throws -> Selection {
        try Self.run(
            signals,
            options: options,
            bindsStarts: known.bindsStarts,
            judgement: known.judgement,
            marks: context.video.marks,
            spoken: spoken,
            wished: wishes.wished,
            taste: context.spec.taste,
            noticed: noticed,
            longestShot: context.spec.longestShot,
            name: context.spec.name
        )
    }

    /// What is to be learnt of how the reel was changed, or of its being left as it was; nil for nothing.
    func lesson(of selection: Selection, in context: StageContext) throws -> TasteLesson? {
        let options = context.spec.options
        let teacher = TasteTeacher(signals, noticed: noticed, spoken: spoken)
        if options.segments.isEmpty, options.pin.isEmpty, options.ban.isEmpty { return teacher.kept(selection) }
        var plain = context.spec.options
        (plain.segments, plain.pin, plain.ban) = ([], [], [])
        return teacher.changed(options, from: try chosen(by: plain, in: context))
    }

    /// What was chosen, and by what, for those who measure tastes.
    func rehearsal(of selection: Selection) -> Rehearsal {
        let teacher = TasteTeacher(signals, noticed: noticed, spoken: spoken)
        func requested(_ range: TimeRange) -> RequestedRange {
            RequestedRange(start: range.start.seconds, end: range.end.seconds)
        }
        let curves = TasteSignal.allCases.compactMap { signal in
            teacher.curve(of: signal).map { (signal.rawValue, $0) }
        }
        return Rehearsal(
            shots: selection.shots.map { requested($0.range) },
            nearMisses: selection.nearMisses.map { requested($0.range) },
            interval: VisualCurves.interval,
            curves: Dictionary(uniqueKeysWithValues: curves)
        )
    }

    /// Chooses the reel's shots.
    ///
    /// - Parameters:
    ///   - signals: What the analysis found.
    ///   - options: The wanted length, and what people asked for.
    ///   - bindsStarts: Whether shots begin where decoding can start whatever it costs.
    ///   - judgement: What a judge thinks; `none` without one.
    ///   - marks: What was marked in the video.
    ///   - spoken: What is said in it.
    ///   - wished: What people want to see of it.
    ///   - taste: What each signal counts for those whose reel it is.
    ///   - noticed: What is known of who is in it, for tastes.
    ///   - longestShot: How long a shot may be, in seconds; nil for as long as anywhere.
    ///   - name: The video's name, for messages.
    /// - Returns: At least one shot with its reasons, near misses, and the rated scenes.
    /// - Throws: `JobError` (InvalidRequest) when the request leaves nothing that could be shown.
    public static func run(
        _ signals: Signals,
        options: JobOptions,
        bindsStarts: Bool = false,
        judgement: Judgement = .none,
        marks: [Mark] = [],
        spoken: Spoken = .none,
        wished: Wished = .none,
        taste: Taste = .none,
        noticed: Noticed = .none,
        longestShot: Double? = nil,
        name: FilePath
    ) throws -> Selection {
        let verdicts = judgement.verdicts
        let selection = Selector.select(
            signals,
            options: options,
            bindsStarts: bindsStarts,
            verdicts: verdicts,
            marks: marks,
            spoken: spoken,
            wished: wished,
            taste: taste,
            noticed: noticed,
            longestShot: longestShot
        )
        guard selection.shots.isEmpty else { return selection.noting(judgement.note) }
        let length = ClockText.hoursMinutesSeconds(signals.frames.end.seconds)
        let reason =
            options.segments.isEmpty
            ? "its \"ban\" covers all of its \(length); leave a part of it"
            : "its \"segments\" lie outside its \(length); name a part of that"
        throw JobError(.invalidRequest, "The request for '\(name.display)' leaves no picture to show: \(reason).")
    }
}
