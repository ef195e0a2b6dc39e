internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem

/// The seventh stage: every output is read back before anybody sees it.
enum VerifyStage {
    /// Plays the reel from start to end, and opens every still.
    ///
    /// - Returns: What the reel measured.
    static func run(
        _ spec: JobSpec,
        _ reel: Reel,
        _ staging: StagingFolder,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws(JobError) -> Verification {
        for output in staging.outputs where output.name.hasSuffix(".jpg") {
            try checkPicture(spec, staging.file(output.name), interrupt)
        }
        do { return try ReelVerifier.verify(reel, interrupt: interrupt, progress: progress) } catch {
            if interrupt.isRequested {
                throw JobError(
                    .interrupted,
                    "The work on '\(spec.name.display)' was stopped; it starts again by itself."
                )
            }
            throw JobError(
                .verificationFailed,
                "The reel of '\(spec.name.display)' did not pass its check and is not published: \(error); please report "
                    + "this with the video."
            )
        }
    }

    private static func checkPicture(_ spec: JobSpec, _ path: FilePath, _ interrupt: Interrupt) throws(JobError) {
        do {
            let input = try Input(path, interrupt: interrupt)
            let isPicture = input.streams.contains { $0.kind == .video && $0.picture.width > 0 }
            if isPicture { return }
        } catch {
            if error.isInterruption { throw JobError(error, name: spec.name, fallback: .verificationFailed) }
        }
        throw JobError(
            .verificationFailed,
            "The still '\(path.name.display)' of '\(spec.name.display)' cannot be opened again; please report this."
        )
    }
}
