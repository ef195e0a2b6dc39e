internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills
internal import MomentsStoryboard

/// The stages that make what was chosen: the reel, its stills, the check of both, and what programs and editors read.
struct ReelProduction {
    let context: StageContext
    let known: VideoKnowledge
    let choice: ReelChoice
    /// What the video is made of; nil for one that is a video.
    let album: Album?
    /// What is shown of a product; nil for none.
    let product: JobProduct?
    /// What is said over the reel; nil for nothing.
    let voice: VoiceTrack?
    /// Finds whom nobody shall recognize; nil where everybody may be.
    let finder: CoverFinder?
    let checkpoints: Checkpoints?
    let host: JobHost
    let steps: StageRunner

    /// Letters of a reel's words that its result tells.
    private static let mostWords = 1200

    private var spec: JobSpec { context.spec }

    /// Small pictures that may be shown: where somebody is covered, those of the analysis are nobody's to see.
    private var shownSurvey: FrameSurvey { finder == nil ? known.survey : FrameSurvey() }

    /// Makes it.
    ///
    /// - Returns: What was made, all of it read back.
    /// - Throws: Whatever ends the job.
    func run() throws -> JobResult {
        let made = try reelAndStills()
        let verified = try steps.run(
            VerifyStage(reels: made.reels, selection: choice.selection, files: made.files),
            in: context
        )
        let spoken = try voice.map {
            try VoiceMix(spec, $0, interrupt: context.interrupt).lay(
                over: [verified.reel] + verified.further.map(\.reel),
                steps
            )
        }
        let sceneSubjects = known.subjects.map {
            SceneSubjectsEntry.all(choice.selection.scenes, $0, known.signals.visual)
        }
        let export = ExportStage(
            known: known,
            choice: choice,
            verified: verified,
            survey: shownSurvey,
            files: made.files + verified.preview + (spoken?.files ?? []),
            times: steps.times,
            sceneSubjects: sceneSubjects ?? [],
            descriptions: try describe(sceneSubjects ?? []),
            album: album
        )
        let outputs = try steps.run(export, in: context)
        return result(verified.reel, outputs, duration: spoken?.duration ?? verified.reel.duration.seconds)
    }

    /// What a command says that scenes show, in their order; empty where none is asked, or it failed, which is told.
    private func describe(_ subjects: [SceneSubjectsEntry]) throws -> [String?] {
        guard spec.options.subjects.asksDescriber else { return [] }
        let scenes = choice.selection.scenes
        let stage = DescribeStage(
            selection: choice.selection,
            survey: shownSurvey,
            subjects: subjects,
            words: scenes.map { known.words.text(in: $0.range) },
            checkpoints: checkpoints,
            desk: ErrandDesk(spec.staging, interrupt: context.interrupt, emit: host.emit, reply: host.errand)
        )
        let said = try steps.run(stage, in: context)
        if let failure = said.failure {
            host.note(
                "The scenes of '\(spec.name.display)' are described by template, since the describer failed: \(failure); "
                    + "look at [Subjects] Describe="
            )
        }
        return said.all(scenes.count)
    }

    /// Makes the reel and its stills, one beside the other where a processor is free for it.
    private func reelAndStills() throws -> RenderStage.Rendered {
        var stillsStage = StillsStage(
            signals: known.signals,
            survey: shownSurvey,
            selection: choice.selection,
            subjects: known.subjects
        )
        let stills = BesideTask(stillsStage, in: context)
        let isBeside = finder == nil && mayWorkBesideRendering
        var made = try steps.run(render { if isBeside { stills.start() } }, in: context)
        if let finder {
            stillsStage.reel = made.reels.first?.reel
            made.files += try steps.run(stillsStage, in: context)
            host.note(covering(finder.blur))
        } else {
            made.files += try steps.run(stills, in: context)
        }
        return made
    }

    private func render(begun: @escaping () -> Void) -> RenderStage {
        let (selection, options) = (choice.selection, spec.options)
        return RenderStage(
            selection: selection,
            shapes: ReelShape.all(options.aspects) { aspect in
                ReelFraming(aspect, selection, known.subjects, of: context.source)
            },
            titles: ReelTitles(
                product,
                known.words,
                known.survey,
                known.subjects,
                selection,
                options,
                days: album?.days(of: selection) ?? [:],
                voice: voice
            ),
            finder: finder,
            checkpoints: checkpoints,
            // An album's own clips, of which its reel is made, are others each time.
            shelf: album == nil && finder == nil ? checkpoints?.pieces : nil,
            begun: begun
        )
    }

    /// Whether another stage is worked on beside the reel: copying frames leaves a processor free, encoding them none.
    private var mayWorkBesideRendering: Bool {
        [.original, .auto].contains(spec.options.quality) && context.source.budget.allowsSideBySide
    }

    /// What was left out so that nobody is recognized.
    private func covering(_ blur: SubjectBlur) -> String {
        "In what was made of '\(spec.name.display)' \(blur.rawValue) are blurred; sheets, scrub images and stills of scenes are "
            + "left out\(spec.options.judge ? ", and the judge was not asked" : "")"
            + (spec.options.subjects.describer == nil ? "" : ", and nobody else described its scenes")
    }

    private func result(_ reel: Reel, _ outputs: [JobResult.Output], duration: Double) -> JobResult {
        let shown = reel.shots.filter(\.isShown)
        var result = JobResult(
            outputs: outputs,
            inputDuration: known.signals.frames.end.seconds,
            outputDuration: duration,
            segmentsSelected: shown.count
        )
        let said = shown.compactMap { known.words.text(in: $0.range) }
        if !said.isEmpty { result.words = String(said.joined(separator: " ").prefix(Self.mostWords)) }
        return result
    }
}
