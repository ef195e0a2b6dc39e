public import MomentsCore
public import MomentsMedia
public import MomentsSystem

extension JobError {
    /// What a refused file is told: what, which file, why, what to do.
    public init(_ refusal: SourceProbe.Refusal, name: FilePath) {
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
    public init(_ error: MediaError, name: FilePath, fallback: ErrorKind) {
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
    public init(_ error: SystemError, name: FilePath) {
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
