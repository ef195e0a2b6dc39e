internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsStills
internal import MomentsSystem

extension JobError {
    /// What a failure means for the job: what, which file, why, what to do.
    ///
    /// - Parameters:
    ///   - error: Whatever a stage threw.
    ///   - failure: What it means where it says nothing nearer itself.
    ///   - name: The video's name.
    init(_ error: any Error, as failure: StageFailure, of name: FilePath) {
        let file = "'\(name.display)'"
        switch error {
        case let error as JobError: self = error
        case let refusal as SourceProbe.Refusal: self.init(refusal, name: name)
        case MediaError.nothingDecodes(nil):
            self.init(
                .decodeFailed,
                "Not one picture of \(file) could be decoded; copy the file again from where it came."
            )
        case MediaError.nothingDecodes(let range?):
            self.init(
                .decodeFailed,
                "Not one picture of \(file) between \(ClockText.milliseconds(range.start.seconds)) and "
                    + "\(ClockText.milliseconds(range.end.seconds)) can be decoded; copy the file again from its source."
            )
        case let error as MediaError: self.init(error, name: name, fallback: failure.kind)
        case let error as SystemError: self.init(error, name: name)
        case let finding as Finding:
            self.init(
                .verificationFailed,
                "The reel of \(file) did not pass its check and is not published: \(finding); please report this with "
                    + "the video."
            )
        case is StillsError:
            self.init(.decodeFailed, "No picture of \(file) can be decoded for a still.")
        default: self.init(failure.kind, failure.sentence(file), detail: "\(error)")
        }
    }

    /// What a refused file is told.
    private init(_ refusal: SourceProbe.Refusal, name: FilePath) {
        let file = "'\(name.display)'"
        switch refusal {
        case .unsupported(let reason):
            self.init(
                .unsupportedFormat,
                "\(file) is no video that can be used: \(reason); convert it, or put in the original."
            )
        case .noVideo(let reason):
            self.init(.noVideoStream, "\(file) has no moving pictures: \(reason); nothing can be shown of it.")
        case .undecodable(let reason):
            self.init(
                .unsupportedFormat,
                "\(file) cannot be decoded: \(reason); export it without protection, or in a common codec."
            )
        case .corrupt(let reason):
            self.init(.corruptMedia, "\(file) is damaged: \(reason); copy it again from where it came.")
        case .failed(let error): self.init(error, name: name, fallback: .corruptMedia)
        }
    }

    /// What a failed libav call means for the job.
    ///
    /// - Parameters:
    ///   - error: The call's error.
    ///   - name: The video's name.
    ///   - fallback: The kind where the error itself names no nearer cause.
    private init(_ error: MediaError, name: FilePath, fallback: ErrorKind) {
        let file = "'\(name.display)'"
        if error.isInterruption {
            self.init(.interrupted, "The work on \(file) was stopped; it starts again by itself.")
        } else if error.isOutOfSpace {
            self.init(
                .outOfSpace,
                "There is no space left for the results of \(file); free some in the outbox.",
                detail: error.description
            )
        } else if error.isReadFailure || error.operation == "open" {
            self.init(
                .readFailed,
                "\(file) could not be read (\(error.reason)); check its disk and its permissions.",
                detail: error.description
            )
        } else if error.isOutOfMemory {
            self.init(
                .workerOutOfMemory,
                "There was not enough memory for \(file); raise [Workers] Memory= or use a smaller video.",
                detail: error.description
            )
        } else {
            self.init(fallback, "\(file): \(error.reason).", detail: error.description)
        }
    }

    /// What a failed call to the kernel means for the job.
    private init(_ error: SystemError, name: FilePath) {
        if error.isOutOfSpace {
            self.init(
                .outOfSpace,
                "There is no space left for the results of '\(name.display)'; free some in the outbox.",
                detail: error.description
            )
        } else {
            self.init(
                .writeFailed,
                "The results of '\(name.display)' could not be written (\(error.reason)); check the outbox.",
                detail: error.description
            )
        }
    }
}
