internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering

/// The sixth stage: the reel and every still are read back before anybody sees them.
struct VerifyStage: JobStage {
    /// What came of it.
    struct Verified {
        /// The reel that passed, perhaps another one than was rendered.
        let reel: Reel
        let verification: Verification
    }

    static let stage = Stage.verify
    // What does not pass is made once more: what fails then is the making.
    static let failure = StageFailure(kind: .renderFailed) { "The reel of \($0) could not be checked." }
    static let options: [StageOption] = []

    let reel: Reel
    let maker: ReelMaker
    let files: [StagedFile]

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Verified {
        for file in files where file.name.hasSuffix(".jpg") { try checkStill(file, context) }
        let proved = try maker.prove(reel, progress: progress)
        return Verified(reel: proved.reel, verification: proved.verification)
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
