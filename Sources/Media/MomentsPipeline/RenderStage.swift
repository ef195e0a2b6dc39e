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
        let files: [StagedFile]
    }

    static let fileName = "highlight.mp4"
    static let stage = Stage.render
    static let failure = StageFailure(kind: .renderFailed) { "No reel of \($0) could be made." }
    /// What a reel depends on, besides what it shows.
    static let reelOptions = [
        StageOption(\.quality), StageOption(\.loudness), StageOption(\.transition), StageOption(\.hdr),
        StageOption(\.titleCard), StageOption(\.endCard), StageOption(\.title), StageOption(\.segments),
        StageOption(\.pin), StageOption(\.aspect), StageOption(\.product), StageOption(\.captions),
    ]
    static let options = reelOptions + [StageOption(\.separateShots)]

    let selection: Selection
    /// Which part of the picture is shown; nil for all.
    let framing: ReelFraming?
    let maker: ReelMaker
    /// What is written and painted on it; nil for nothing.
    let titles: ReelTitles?
    let checkpoints: Checkpoints?
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
        let reel = try reel(context, progress)
        var files = [StagedFile(kind: "highlight", name: Self.fileName)]
        if context.spec.options.separateShots {
            files += try SeparateShots.write(reel, framing, in: context, progress: progress)
        }
        return Rendered(reel: reel, files: files)
    }

    /// Takes what an earlier attempt made, or makes it.
    private func reel(_ context: StageContext, _ progress: @escaping (Double) -> Void) throws -> Reel {
        let inputs = Inputs(
            options: StageOption.narrowed(context.spec.options, to: Self.reelOptions),
            name: context.spec.name,
            selection: selection,
            paths: framing?.paths,
            titles: titles?.identity
        )
        let known = checkpoints?.load(RenderedReel.self, of: Self.stage, from: inputs)
        if let known, known.isIntact(at: context.staging.file(Self.fileName)) { return known.reel }
        let reel = try maker.render(
            progress: { share in
                begun()
                progress(share)
            },
            shotDone: { number in
                begun()
                context.report(.shotCompleted(index: number, count: selection.shots.count))
            }
        )
        for note in titles?.notes.sentences ?? [] { context.report(.note("'\(context.spec.name.display)': \(note).")) }
        if let rendered = RenderedReel(reel) { checkpoints?.save(rendered, of: Self.stage, from: inputs) }
        return reel
    }
}
