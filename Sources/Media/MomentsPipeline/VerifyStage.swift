internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem

/// The seventh stage: every output is read back before anybody sees it.
enum VerifyStage {
    /// Reads the reel back, and opens every still.
    ///
    /// A reel that does not pass is made anew, with all frames encoded and more care.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - reel: The reel.
    ///   - source: The video it was made of.
    ///   - staging: Where it and the stills are.
    ///   - interrupt: Stops the stage.
    ///   - progress: Told the share done.
    ///   - encode: Makes the reel anew without copying; told why.
    /// - Returns: The reel that passed and what it measured.
    /// - Throws: `JobError` where none does.
    static func run(
        _ spec: JobSpec,
        _ reel: Reel,
        of source: MediaSource,
        _ staging: StagingFolder,
        interrupt: Interrupt,
        progress: (Double) -> Void,
        encode: (String) throws(JobError) -> Reel
    ) throws(JobError) -> (reel: Reel, verification: Verification) {
        for output in staging.outputs where output.name.hasSuffix(".jpg") {
            try checkStill(spec, staging.file(output.name), interrupt)
        }
        return try prove(spec, reel, of: source, interrupt: interrupt, progress: progress, encode: encode)
    }

    /// Reads a reel back, and makes it anew where it does not pass; parameters, value and errors are those of `run`.
    static func prove(
        _ spec: JobSpec,
        _ reel: Reel,
        of source: MediaSource,
        interrupt: Interrupt,
        progress: (Double) -> Void,
        encode: (String) throws(JobError) -> Reel
    ) throws(JobError) -> (reel: Reel, verification: Verification) {
        do throws(Finding) {
            return (reel, try ReelVerifier.verify(reel, of: source, interrupt: interrupt, progress: progress))
        } catch {
            if interrupt.isRequested { throw failure(error, spec, interrupt) }
            let hasCopies = reel.samples.contains(where: \.isCopied)
            let encoded = try encode("a reel \(hasCopies ? "with copied pictures " : "")did not pass its check")
            do throws(Finding) {
                var verification = try ReelVerifier.verify(
                    encoded,
                    of: source,
                    interrupt: interrupt,
                    progress: progress
                )
                verification.failedBefore = "\(error)"
                return (encoded, verification)
            } catch { throw failure(error, spec, interrupt) }
        }
    }

    private static func failure(_ finding: Finding, _ spec: JobSpec, _ interrupt: Interrupt) -> JobError {
        if interrupt.isRequested {
            return JobError(.interrupted, "The work on '\(spec.name.display)' was stopped; it starts again by itself.")
        }
        return JobError(
            .verificationFailed,
            "The reel of '\(spec.name.display)' did not pass its check and is not published: \(finding); please report "
                + "this with the video."
        )
    }

    private static func checkStill(_ spec: JobSpec, _ path: FilePath, _ interrupt: Interrupt) throws(JobError) {
        do {
            let input = try Input(path, interrupt: interrupt)
            let isImage = input.streams.contains { $0.kind == .video && $0.format.width > 0 }
            if isImage { return }
        } catch let error as MediaError where error.isInterruption {
            throw JobError(error, name: spec.name, fallback: .verificationFailed)
        } catch {
            // Told below, whatever libav made of it.
        }
        throw JobError(
            .verificationFailed,
            "The still '\(path.name.display)' of '\(spec.name.display)' cannot be opened again; please report this."
        )
    }
}
