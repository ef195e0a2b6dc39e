internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsSystem

/// The fourth stage: the chosen moments become `highlight.mp4`, and each of them a file of its own where that is wanted.
struct RenderStage: JobStage {
    /// What came of it.
    struct Rendered {
        let reel: Reel
        var files: [StagedFile]
        /// What made it, and makes it anew where it does not pass its check.
        let maker: ReelMaker
    }

    static let fileName = "highlight.mp4"
    static let stage = Stage.render
    static let failure = StageFailure(kind: .renderFailed) { "No reel of \($0) could be made." }
    /// What a reel depends on, besides what it shows.
    static let reelOptions = [
        StageOption(\.quality), StageOption(\.loudness), StageOption(\.transition), StageOption(\.hdr),
        StageOption(\.titleCard), StageOption(\.endCard), StageOption(\.title), StageOption(\.segments),
        StageOption(\.pin), StageOption(\.aspect), StageOption(\.product), StageOption(\.captions),
        StageOption(\.subjects.blur),
    ]
    static let options = reelOptions + [StageOption(\.separateShots)]

    let selection: Selection
    /// Which part of the picture is shown; nil for all.
    let framing: ReelFraming?
    /// What is written and painted on it; nil for nothing.
    let titles: ReelTitles?
    /// Finds whom nobody shall recognize; nil where everybody may be.
    let finder: CoverFinder?
    let checkpoints: Checkpoints?
    /// What was encoded for earlier reels of the video; nil where nothing is kept.
    let shelf: PieceShelf?
    /// Called once there is something of the reel: until then its audio keeps two processors busy.
    let begun: () -> Void

    /// What the reel depends on, besides the video.
    private struct Inputs: Encodable {
        let options: JobOptions
        let name: FilePath
        let selection: Selection
        let paths: [CropPath]?
        let titles: String?
    }

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Rendered {
        let plan = ReelPlan(selection, framing, titles, in: context.narrowed(to: Self.reelOptions))
        let (reel, made) = try finder.map { try covered(plan, $0, context, progress) } ?? kept(plan, context, progress)
        // Known once they were painted.
        for note in titles?.notes.sentences ?? [] { context.report(.note("'\(context.spec.name.display)': \(note).")) }
        var files = [StagedFile(kind: "highlight", name: Self.fileName)]
        if context.spec.options.separateShots {
            files += try SeparateShots.write(
                reel,
                framing,
                made.covers,
                from: shelf,
                in: context,
                progress: progress
            )
        }
        shelf?.prune()
        return Rendered(reel: reel, files: files, maker: maker(of: made, context))
    }

    /// Takes what an earlier attempt made, or makes it.
    private func kept(
        _ plan: ReelPlan,
        _ context: StageContext,
        _ progress: @escaping (Double) -> Void
    ) throws -> (Reel, ReelPlan) {
        let inputs = Inputs(
            options: StageOption.narrowed(context.spec.options, to: Self.reelOptions),
            name: context.spec.name,
            selection: selection,
            paths: framing?.paths,
            titles: titles?.identity
        )
        let known = checkpoints?.load(RenderedReel.self, of: Self.stage, from: inputs)
        if let known, known.isIntact(at: context.staging.file(Self.fileName)) { return (known.reel, plan) }
        let reel = try render(plan, context, progress)
        if let rendered = RenderedReel(reel) { checkpoints?.save(rendered, of: Self.stage, from: inputs) }
        return (reel, plan)
    }

    /// Makes a reel in which nobody can be recognized, with more care until nobody is; never takes an earlier one, of which
    /// nobody knows what it covers.
    private func covered(
        _ plan: ReelPlan,
        _ finder: CoverFinder,
        _ context: StageContext,
        _ progress: @escaping (Double) -> Void
    ) throws -> (Reel, ReelPlan) {
        var exposed = 0.0
        for care in CoverCare.all {
            var plan = plan
            plan.covers = try finder.covers(
                of: plan.shots,
                cuts: selection.scenes.map(\.start),
                in: context.source,
                with: care,
                progress: { progress(0.5 * $0) }
            )
            let reel = try render(plan, context) { progress(0.5 + 0.3 * $0) }
            let shown = try SourceProbe.open(reel.path, interrupt: context.interrupt) { _ in }
            guard let moment = try finder.exposure(in: shown, progress: { progress(0.8 + 0.2 * $0) }) else {
                return (reel, plan)
            }
            exposed = moment
        }
        throw JobError(
            .verificationFailed,
            "Nothing was made of '\(context.spec.name.display)', since with [Subjects] Blur=\(finder.blur.rawValue) somebody "
                + "could still be recognized at \((exposed * 10).rounded() / 10) s of the reel; ask for other moments by a "
                + "request (\"segments\"), or allow everybody to be seen."
        )
    }

    private func maker(of plan: ReelPlan, _ context: StageContext) -> ReelMaker {
        ReelMaker(
            plan,
            of: context.source,
            to: context.staging.file(Self.fileName),
            from: shelf,
            interrupt: context.interrupt
        )
    }

    private func render(
        _ plan: ReelPlan,
        _ context: StageContext,
        _ progress: @escaping (Double) -> Void
    ) throws -> Reel {
        try maker(of: plan, context).render(
            progress: { share in
                begun()
                progress(share)
            },
            shotDone: { number in
                begun()
                context.report(.shotCompleted(index: number, count: selection.shots.count))
            }
        )
    }
}
