public import MomentsCore
public import MomentsSystem

/// What a worker's end means for its job; pure.
public enum WorkerOutcome: Equatable, Sendable {
    /// Everything stands in staging.
    case finished(JobResult)
    /// The job failed.
    case failed(JobError, Stage?)

    /// Judges an end, whatever it came by.
    ///
    /// - Parameters:
    ///   - end: How the worker ended, and what it said.
    ///   - name: The video's name, made harmless.
    ///   - stallTimeout: How long it could tell nothing.
    ///   - hasMemoryLimit: Whether the worker ran under a memory limit of ours.
    /// - Returns: The outcome.
    public static func judge(
        _ end: WorkerEnd,
        name: String,
        stallTimeout: Duration,
        hasMemoryLimit: Bool
    ) -> WorkerOutcome {
        let detail = end.complaints.joined(separator: "\n")
        switch end.stop {
        case .stalled:
            let seconds = Int(stallTimeout.inSeconds)
            let message =
                "The worker on '\(name)' made no progress for \(seconds) s and was ended; it is tried again by itself."
            return .failed(JobError(.timedOut, message, detail: detail), nil)
        case .excess(let amount):
            let message =
                "The worker on '\(name)' wrote \(amount), which no worker does by itself, and was ended; the file may be "
                + "made to take it over."
            return .failed(JobError(.workerCrashed, message, detail: detail), nil)
        case .interrupted:
            if case .completed = end.last { break }
            return .failed(JobError(.interrupted, "'\(name)' was interrupted.", transient: false), nil)
        case .unwanted, .shutdown, .noRoom, .superseded, nil: break
        }
        return judge(
            last: end.last,
            exit: end.exit,
            complaints: end.complaints,
            name: name,
            hasMemoryLimit: hasMemoryLimit
        )
    }

    /// Judges by the worker's last word and by how its process ended; the last word wins.
    ///
    /// - Parameters:
    ///   - last: Its `completed` or `failed` event, if it came.
    ///   - exit: How the process ended.
    ///   - complaints: The last lines of its standard error.
    ///   - name: The video's name, made harmless.
    ///   - hasMemoryLimit: Whether the worker ran under a memory limit of ours.
    /// - Returns: The outcome.
    public static func judge(
        last: JobEvent?,
        exit: ExitReason,
        complaints: [String],
        name: String,
        hasMemoryLimit: Bool
    ) -> WorkerOutcome {
        switch (last, exit) {
        case (.failed(let stage, let error), _): return .failed(error, stage)
        case (.completed(let result), .exited(0)): return .finished(result)
        default: break
        }
        let detail = complaints.joined(separator: "\n")
        let ranOut = complaints.contains { line in
            ["out of memory", "cannot allocate memory", "bad_alloc", "memory exhausted"].contains {
                line.lowercased().contains($0)
            }
        }
        // SIGKILL is never ours here: the kernel sends it when memory is short, and hardly anybody else does.
        if exit.signalName == "SIGKILL" || ranOut && hasMemoryLimit {
            let what = ranOut ? "ran out of memory" : "was killed, as the kernel does where memory is short,"
            let message =
                "The worker \(what) on '\(name)'; give it more ([Workers] Memory=, or the unit's limit), or fewer "
                + "workers at once."
            return .failed(JobError(.workerOutOfMemory, message, detail: detail), nil)
        }
        if case .exited(126...127) = exit {
            let message =
                "The worker for '\(name)' could not be started; check [Workers] Program= and Launcher=, and that "
                + "moments-worker is installed."
            return .failed(JobError(.interrupted, message, detail: detail), nil)
        }
        let ended = exit.signalName.map { "was ended by \($0)" } ?? "ended with \(exit) without saying why"
        let message = "The worker \(ended) on '\(name)'; the file may be damaged in a way that a codec cannot bear."
        return .failed(JobError(.workerCrashed, message, detail: detail), nil)
    }
}
