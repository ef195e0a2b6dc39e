internal import MomentsAnalysis
public import MomentsCore
public import MomentsMedia
public import MomentsSampling
internal import MomentsSelection
internal import MomentsStills
internal import MomentsSystem

/// The second stage: what is seen and heard when.
public struct AnalyzeStage: JobStage {
    /// What came of it.
    struct Findings {
        let result: SamplingResult
        /// Small pictures of what was decoded.
        let survey: FrameSurvey
        /// Pictures to look for subjects in; nil where nobody is looked for.
        let pictures: SubjectFrames?
        /// Keeps them for another attempt while the work goes on; to be joined.
        let saving: [WorkerThread]
    }

    static let stage = Stage.analyze
    static let failure = StageFailure(kind: .decodeFailed) { "\($0) could not be analysed." }
    /// How much is decoded; and what is chosen, since a choice says where.
    static let options = [StageOption(\.analysis)] + SelectStage.options

    let bindsStarts: Bool
    let checkpoints: Checkpoints?
    /// Whether pictures are kept to look for subjects in.
    var keepsPictures = false
    /// What is decoded instead of the video, since it shows the same; nil for the video itself.
    var proxy: MediaSource?
    /// Who else looks at the frames that are decoded.
    var observers: [any FrameObserver] = []

    /// What findings depend on, besides the video.
    private struct Inputs: Encodable, Sendable {
        let options: JobOptions
        let bindsStarts: Bool
        var marks: [Mark] = []
        var proxy: Int64?
        /// nil where nothing was learnt, so that it says nothing.
        var taste: [String: Double]?
        /// nil where the style is as it ships, and for what has none.
        var longestShot: Double?
    }

    /// Takes what an earlier attempt found, or analyses.
    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Findings {
        let options = context.spec.options
        let sparse = Inputs(
            options: options,
            bindsStarts: bindsStarts,
            marks: context.video.marks,
            proxy: proxy?.size,
            taste: context.spec.taste.isNone ? nil : context.spec.taste.weights,
            longestShot: context.spec.style.unlessShipped == nil ? nil : context.spec.longestShot
        )
        // All that is decoded shows the same, whatever is to be chosen from it.
        let whole = Inputs(
            options: StageOption.narrowed(options, to: [StageOption(\.analysis)]),
            bindsStarts: false,
            proxy: proxy?.size
        )
        if let kept = kept(from: sparse) ?? kept(from: whole) { return kept }
        if let known = try goOn(from: whole, in: context, progress: progress) {
            let saving = save(known.result, from: sparse, whole)
            return Findings(result: known.result, survey: known.survey, pictures: known.pictures, saving: saving)
        }
        let observer = SurveyObserver(duration: context.source.duration.seconds)
        let keepers = keepsPictures ? SubjectObserver.pair(duration: context.source.duration.seconds) : []
        let found = try Self.run(
            context.source,
            options: options,
            bindsStarts: bindsStarts,
            marks: context.video.marks,
            taste: context.spec.taste,
            longestShot: context.spec.longestShot,
            proxy: proxy,
            interrupt: context.interrupt,
            observers: observers + keepers + [observer],
            progress: progress
        )
        let survey = try observer.survey()
        let pictures = try keepers.first?.pictures()
        let saving = [
            checkpoints?.saveInBackground(survey, of: .stills, from: FrameSurvey.longSide),
            pictures.flatMap { checkpoints?.saveInBackground($0, of: .subjects, from: SubjectFrames.longSide) },
        ].compactMap { $0 }
        return Findings(
            result: found,
            survey: survey,
            pictures: pictures,
            saving: saving + save(found, from: sparse, whole)
        )
    }

    /// Keeps what was found while the work goes on.
    private func save(_ found: SamplingResult, from sparse: Inputs, _ whole: Inputs) -> [WorkerThread] {
        guard let checkpoints else { return [] }
        let result = checkpoints.saveInBackground(found, of: Self.stage, from: found.isOfAll ? whole : sparse)
        guard let memory = found.memory else { return [result] }
        return [result, WorkerThread { checkpoints.save(memory, of: Self.stage, part: Self.seen, from: whole) }]
    }

    /// The name of what was decoded for a choice, whatever that was.
    private static let seen = "seen"

    /// Finds what another choice needs beside what was decoded for an earlier one.
    ///
    /// - Returns: What is known then; nil where nothing was kept, or others want to see the frames.
    private func goOn(
        from inputs: Inputs,
        in context: StageContext,
        progress: (Double) -> Void
    ) throws -> Findings? {
        guard observers.isEmpty, let checkpoints,
            let memory = checkpoints.load(SparseMemory.self, of: Self.stage, part: Self.seen, from: inputs),
            let survey = checkpoints.load(FrameSurvey.self, of: .stills, from: FrameSurvey.longSide)
        else { return nil }
        var pictures: SubjectFrames?
        if keepsPictures {
            pictures = checkpoints.load(SubjectFrames.self, of: .subjects, from: SubjectFrames.longSide)
            if pictures == nil { return nil }
        }
        let found = try Self.run(
            context.source,
            options: context.spec.options,
            bindsStarts: bindsStarts,
            marks: context.video.marks,
            taste: context.spec.taste,
            longestShot: context.spec.longestShot,
            proxy: proxy,
            goingOnFrom: memory,
            interrupt: context.interrupt,
            progress: progress
        )
        return Findings(result: found, survey: survey, pictures: pictures, saving: [])
    }

    /// What an earlier attempt found from these inputs; nil where that is not all.
    private func kept(from inputs: Inputs) -> Findings? {
        // Both or neither: looking for pictures takes as long as looking for both.
        guard let known = checkpoints?.load(SamplingResult.self, of: Self.stage, from: inputs),
            let survey = checkpoints?.load(FrameSurvey.self, of: .stills, from: FrameSurvey.longSide)
        else { return nil }
        guard keepsPictures else { return Findings(result: known, survey: survey, pictures: nil, saving: []) }
        let pictures = checkpoints?.load(SubjectFrames.self, of: .subjects, from: SubjectFrames.longSide)
        return pictures.map { Findings(result: known, survey: survey, pictures: $0, saving: []) }
    }

    /// Analyses: all of the video, or as little as a sound choice needs.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - options: How much is decoded, and what is looked for.
    ///   - bindsStarts: Whether shots begin where decoding can start whatever it costs.
    ///   - marks: What was marked in the video.
    ///   - taste: What each signal counts for those whose reel it is.
    ///   - longestShot: How long a shot may be, in seconds; nil for as long as anywhere.
    ///   - proxy: What is decoded instead of it, since it shows the same; nil for the video itself.
    ///   - memory: What was decoded for another choice; nil for nothing.
    ///   - interrupt: Stops the stage at the next packet.
    ///   - threads: Threads that decode where all is decoded; nil for as many as there are processors, at most four.
    ///   - observers: Who else looks at the frames that are decoded.
    ///   - progress: Told the share done, 0–1, rising.
    /// - Returns: The findings.
    /// - Throws: `MediaError` when not one frame can be decoded, or the work was stopped.
    public static func run(
        _ source: MediaSource,
        options: JobOptions,
        bindsStarts: Bool = false,
        marks: [Mark] = [],
        taste: Taste = .none,
        longestShot: Double? = nil,
        proxy: MediaSource? = nil,
        goingOnFrom memory: SparseMemory? = nil,
        interrupt: Interrupt,
        threads: Int? = nil,
        observers: [any FrameObserver] = [],
        progress: (Double) -> Void
    ) throws -> SamplingResult {
        func chosen(_ known: Signals) -> Selection {
            Selector.select(
                known,
                options: options,
                bindsStarts: bindsStarts,
                marks: marks,
                taste: taste,
                longestShot: longestShot
            )
        }
        func look(_ source: MediaSource, standingFor video: MediaSource?) throws -> SamplingResult {
            try Sampler(
                source,
                standingFor: video,
                threads: threads,
                observers: observers,
                // What a proxy showed is no part of what the video itself did.
                goingOnFrom: video == nil && proxy != nil ? nil : memory,
                interrupt: interrupt
            ).run(options.analysis, progress: progress) { proposal(chosen($0)) }
        }
        if let proxy {
            do { return try look(proxy, standingFor: source) } catch {
                // A proxy that cannot be looked at is no reason not to look at the video.
                if interrupt.isRequested { throw error }
            }
        }
        return try look(source, standingFor: nil)
    }

    private static func proposal(_ selection: Selection) -> ReelProposal {
        ReelProposal(
            shots: selection.shots.map { ReelProposal.Shot(range: $0.range, score: $0.score) },
            nearMisses: selection.nearMisses.map(\.range)
        )
    }
}
