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

    let signals: Signals
    let bindsStarts: Bool
    /// What a judge thinks; `none` without one.
    let judgement: Judgement
    /// What is said in it.
    let spoken: Spoken
    /// What people want to see of it.
    let wishes: JobWishes

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Selection {
        let (options, name) = (context.spec.options, context.spec.name)
        return try Self.run(
            signals,
            options: options,
            bindsStarts: bindsStarts,
            judgement: judgement,
            marks: context.video.marks,
            spoken: spoken,
            wished: wishes.wished,
            name: name
        ).noting(wishes.note)
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
            wished: wished
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
