internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection

/// The sixth stage: the reel in each of its shapes and every still are read back before anybody sees them, and the preview is
/// made of what passed.
struct VerifyStage: JobStage {
    /// What came of it.
    struct Verified {
        /// The reel that passed, in its first shape.
        let reel: Reel
        let verification: Verification
        /// The same of each further shape.
        let further: [ProvedReel]
        /// The preview; none where none was asked for.
        let preview: [StagedFile]
    }

    static let stage = Stage.verify
    // What does not pass is made once more: what fails then is the making.
    static let failure = StageFailure(kind: .renderFailed) { "The reel of \($0) could not be checked." }
    static let options = [StageOption(\.stills)]

    /// At least one.
    let reels: [MadeReel]
    let selection: Selection
    let files: [StagedFile]

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Verified {
        for file in files where file.name.hasSuffix(".jpg") { try checkStill(file, context) }
        let proved = try reels.enumerated().map { number, made in
            let proved = try made.maker.prove(made.reel) { progress(0.9 * (Double(number) + $0) / Double(reels.count)) }
            return ProvedReel(shape: made.shape, reel: proved.reel, verification: proved.verification)
        }
        return Verified(
            reel: proved[0].reel,
            verification: proved[0].verification,
            further: Array(proved.dropFirst()),
            preview: try ReelPreview.make(of: proved[0].reel, selection, in: context)
        )
    }

    private func checkStill(_ still: StagedFile, _ context: StageContext) throws {
        let path = context.staging.file(still.name)
        do {
            let input = try Input(path, interrupt: context.interrupt)
            let isImage = input.streams.contains { $0.kind == .video && $0.format.width > 0 }
            if isImage { return }
        } catch let error as MediaError where error.isInterruption {
            throw error
        } catch {
            // Told below, whatever libav made of it.
        }
        throw JobError(
            .verificationFailed,
            "The still '\(path.name.display)' of '\(context.spec.name.display)' cannot be opened again; please report "
                + "this."
        )
    }
}
