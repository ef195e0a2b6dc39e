internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsSystem

/// The fourth stage: the chosen moments become `highlight.mp4` in each shape that is wanted, and each of them a file of its
/// own where that is wanted.
struct RenderStage: JobStage {
    /// What came of it.
    struct Rendered {
        /// A reel of each shape; the first one is the reel.
        let reels: [MadeReel]
        var files: [StagedFile]
    }

    static let fileName = ReelShape.firstFileName
    static let stage = Stage.render
    static let failure = StageFailure(kind: .renderFailed) { "No reel of \($0) could be made." }
    /// What a reel depends on, besides what it shows.
    static let reelOptions = [
        StageOption(\.quality), StageOption(\.loudness), StageOption(\.transition), StageOption(\.hdr),
        StageOption(\.titleCard), StageOption(\.endCard), StageOption(\.title), StageOption(\.segments),
        StageOption(\.pin), StageOption(\.aspects), StageOption(\.product), StageOption(\.captions),
        StageOption(\.subjects.blur),
    ]
    static let options = reelOptions + [StageOption(\.separateShots)]

    let selection: Selection
    /// The shapes it is made in, at least one.
    let shapes: [ReelShape]
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
        /// The style of a product clip; nil where its name says it all.
        let style: ClipStyle?
    }

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Rendered {
        let reels = try finder.map { try covered($0, context, progress) } ?? kept(context, progress)
        // Known once they were painted.
        for note in titles?.notes.sentences ?? [] { context.report(.note("'\(context.spec.name.display)': \(note).")) }
        var files = reels.enumerated().map { number, made in
            StagedFile(kind: number == 0 ? "highlight" : "highlight_aspect", name: made.shape.fileName)
        }
        if context.spec.options.separateShots, let first = reels.first {
            files += try SeparateShots.write(
                first.reel,
                first.shape.framing,
                first.covers,
                from: shelf,
                in: context,
                progress: progress
            )
        }
        shelf?.prune()
        return Rendered(reels: reels, files: files)
    }

    /// Takes what an earlier attempt made of each shape, or makes it.
    private func kept(_ context: StageContext, _ progress: @escaping (Double) -> Void) throws -> [MadeReel] {
        try shapes.enumerated().map { number, shape in
            var options = StageOption.narrowed(context.spec.options, to: Self.reelOptions)
            options.aspect = shape.aspect
            let inputs = Inputs(
                options: options,
                name: context.spec.name,
                selection: selection.withoutWorth,
                paths: shape.framing?.paths,
                titles: titles?.identity,
                style: options.product.flatMap { _ in context.spec.style.unlessShipped }
            )
            let part = number == 0 ? "" : shape.aspect.fileSuffix
            let known = checkpoints?.load(RenderedReel.self, of: Self.stage, part: part, from: inputs)
            let plan = plan(shape, context)
            if let known, known.isIntact(at: context.staging.file(shape.fileName)) {
                return MadeReel(shape: shape, reel: known.reel, maker: maker(plan, shape, context), covers: nil)
            }
            let made = try render(plan, shape, context) { progress((Double(number) + $0) / Double(shapes.count)) }
            if let rendered = RenderedReel(made.reel) {
                checkpoints?.save(rendered, of: Self.stage, part: part, from: inputs)
            }
            return made
        }
    }

    /// Makes reels in which nobody can be recognized, with more care until nobody is; never takes an earlier one, of which
    /// nobody knows what it covers.
    private func covered(
        _ finder: CoverFinder,
        _ context: StageContext,
        _ progress: @escaping (Double) -> Void
    ) throws -> [MadeReel] {
        var exposed = 0.0
        for care in CoverCare.all {
            let covers = try finder.covers(
                of: selection.shots.map(\.range),
                cuts: selection.scenes.map(\.start),
                in: context.source,
                with: care,
                progress: { progress(0.5 * $0) }
            )
            let covered = try covered(covers, finder, context) { progress(0.5 + 0.5 * $0) }
            guard let moment = covered.exposed else { return covered.reels }
            exposed = moment
        }
        throw JobError(
            .verificationFailed,
            "Nothing was made of '\(context.spec.name.display)', since with [Subjects] Blur=\(finder.blur.rawValue) somebody "
                + "could still be recognized at \((exposed * 10).rounded() / 10) s of the reel; ask for other moments by a "
                + "request (\"segments\"), or allow everybody to be seen."
        )
    }

    /// Makes a reel of each shape with these covers, and looks at it, until somebody is recognized in one.
    private func covered(
        _ covers: [FrameCover],
        _ finder: CoverFinder,
        _ context: StageContext,
        _ progress: @escaping (Double) -> Void
    ) throws -> (reels: [MadeReel], exposed: Double?) {
        var reels: [MadeReel] = []
        for shape in shapes {
            let (done, count) = (Double(reels.count), Double(shapes.count))
            var plan = plan(shape, context)
            plan.covers = covers
            let made = try render(plan, shape, context) { progress((done + 0.6 * $0) / count) }
            let shown = try SourceProbe.open(made.reel.path, interrupt: context.interrupt) { _ in }
            let moment = try finder.exposure(in: shown) { progress((done + 0.6 + 0.4 * $0) / count) }
            if let moment { return (reels, moment) }
            reels.append(made)
        }
        return (reels, nil)
    }

    private func plan(_ shape: ReelShape, _ context: StageContext) -> ReelPlan {
        ReelPlan(selection, shape.framing, titles, in: context.narrowed(to: Self.reelOptions))
    }

    private func maker(_ plan: ReelPlan, _ shape: ReelShape, _ context: StageContext) -> ReelMaker {
        ReelMaker(
            plan,
            of: context.source,
            to: context.staging.file(shape.fileName),
            from: shelf,
            interrupt: context.interrupt
        )
    }

    private func render(
        _ plan: ReelPlan,
        _ shape: ReelShape,
        _ context: StageContext,
        _ progress: @escaping (Double) -> Void
    ) throws -> MadeReel {
        let maker = maker(plan, shape, context)
        // A shot is told once, whatever the number of shapes.
        let isTold = shape.fileName == Self.fileName
        let reel = try maker.render(
            progress: { share in
                begun()
                progress(share)
            },
            shotDone: { number in
                begun()
                if isTold { context.report(.shotCompleted(index: number, count: selection.shots.count)) }
            }
        )
        return MadeReel(shape: shape, reel: reel, maker: maker, covers: plan.covers)
    }
}
