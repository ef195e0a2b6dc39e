internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsSubjects
internal import MomentsSystem

/// The stage between the analysis and the choice: who is in the pictures that were kept, and how they move.
struct SubjectsStage: JobStage {
    static let stage = Stage.subjects
    static let failure = StageFailure(kind: .decodeFailed) { "Nobody could be looked for in \($0)." }
    /// Who is looked for; and what is chosen, since most is looked at there.
    static let options = [StageOption(\.subjects), StageOption(\.aspects)] + SelectStage.options

    let models: [ModelShelf.Model]
    /// Tells which pixels belong to whom; nil for colours alone.
    let masks: ModelShelf.Model?
    let pictures: SubjectFrames
    let signals: Signals
    let bindsStarts: Bool

    /// Looks.
    ///
    /// - Throws: `ModelTrouble` where a model is damaged or gives nonsense.
    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> SubjectFindings {
        let detectors = try models.map { try Detector($0) }
        let (times, numbers) = (pictures.times, pictures.numbers)
        let chosen = Selector.select(
            signals,
            options: context.spec.options,
            bindsStarts: bindsStarts,
            marks: context.video.marks,
            longestShot: context.spec.longestShot
        )
        let places = places(chosen, context)
        let sure = thresholds
        var tracker = SubjectTracker(cuts: signals.scenes.dropFirst().map(\.start), sure: sure)
        let isHasty = !LookPlan.isShort(signals.frames.end.seconds) && !follows(context)
        var looks: [SubjectFindings.Look] = []
        for (done, place) in places.enumerated() {
            try context.interrupt.check("look at")
            let picture = try pictures.picture(place, matrix: context.source.video.format.matrix)
            let found = try detectors.flatMap { detector in
                let threshold = (sure[detector.kind] ?? 0.5) * Self.unsure
                return try detector.detect(in: picture, threshold: threshold, isHasty: isHasty)
            }
            let tracks = tracker.add(found, in: picture, at: times[place])
            looks.append(.init(time: times[place], number: numbers[place], detections: found, tracks: tracks))
            progress(0.9 * Double(done + 1) / Double(places.count))
        }
        let tracks = tracker.finish()
        let cutter = SubjectMasks(model: masks, pictures: pictures, shots: chosen.shots.map(\.range))
        let cut = try cutter.masks(of: tracks, duration: signals.frames.end.seconds, in: context)
        progress(1)
        return SubjectFindings(
            models: (models + [cut.model].compactMap { $0 }).compactMap { model in
                model.card.map { SubjectFindings.Model(name: model.name, kind: $0.kind, sha256: $0.sha256) }
            },
            looks: looks,
            tracks: tracks,
            masks: cut.masks
        )
    }

    /// The confidence that counts, by kind.
    private var thresholds: [ModelKind: Double] {
        Dictionary(models.compactMap(\.card).map { ($0.kind, $0.threshold) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a reel of another shape follows who is in it.
    private func follows(_ context: StageContext) -> Bool { context.spec.options.aspects.contains { $0 != .source } }

    /// The pictures that are looked at, by their places: most of them where the reel is likely to be.
    private func places(_ chosen: Selection, _ context: StageContext) -> [Int] {
        // Who is to be followed must be seen several times a second.
        let follows = follows(context) ? Int(3 * min(chosen.duration, 600)) : 0
        return LookPlan.places(
            pictures.times,
            chosen: chosen.shots.map(\.range) + (follows > 0 ? [] : chosen.nearMisses.map(\.range)),
            budget: LookPlan.budget(signals.frames.end.seconds) + follows
        )
    }

    /// The share of a model's threshold from which on a find goes on with a track.
    private static let unsure = 0.5
}
