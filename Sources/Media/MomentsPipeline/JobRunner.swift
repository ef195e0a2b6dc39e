public import MomentsCore
public import MomentsMedia
public import MomentsSystem

/// Does a job: hands it to those who make what is asked for, and tells how it ended.
public struct JobRunner {
    private let spec: JobSpec
    private let interrupt: Interrupt
    private let host: JobHost
    private let steps: StageRunner

    /// Makes a runner; nothing happens before `run`.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interrupt: Stops it at the next check.
    ///   - reply: Waits for what is answered to the next question of this job; nil where nobody answers.
    ///   - transcript: The same for the recording of this job.
    ///   - errandReply: Waits for what comes of the next work that is to be done by a command, likewise.
    ///   - emit: Receives every event, in order, on the calling thread.
    public init(
        _ spec: JobSpec,
        interrupt: Interrupt,
        reply: @escaping () -> JudgeReply? = { nil },
        transcript: @escaping () -> TranscriptReply? = { nil },
        errandReply: @escaping () -> ErrandReply? = { nil },
        emit: @escaping (JobEvent) -> Void
    ) {
        (self.spec, self.interrupt) = (spec, interrupt)
        host = JobHost(emit: emit, judge: reply, transcript: transcript, errand: errandReply)
        steps = StageRunner(spec.name, interrupt: interrupt, emit: emit)
    }

    /// Does the job.
    ///
    /// - Parameters:
    ///   - pid: This process, for whoever listens.
    ///   - sandbox: What shuts it in; what is missing is told.
    /// - Returns: Whether it was completed; if not, the last event says why.
    public func run(pid: Int32, sandbox: SandboxLevel? = nil) -> Bool {
        host.emit(.started(version: Version.text, pid: pid, sandbox: sandbox?.description))
        if let sandbox, !sandbox.isWhole {
            guard spec.sandbox == .best else {
                host.emit(.failed(.probe, refusal(sandbox)))
                return false
            }
            for gap in sandbox.gaps { host.note(gap) }
        }
        do {
            host.emit(.completed(try work()))
            return true
        } catch {
            host.emit(.failed(steps.current, steps.jobError(error)))
            return false
        }
    }

    private func refusal(_ sandbox: SandboxLevel) -> JobError {
        let message =
            "'\(spec.name.display)' was not opened, since [Workers] Sandbox=required asks for more than there is. "
            + sandbox.gaps.joined(separator: " ")
        return JobError(.interrupted, message)
    }

    private func work() throws -> JobResult {
        if let story = spec.options.story { return try tell(story) }
        guard !spec.album.isEmpty else { return try ReelWork(spec, nil, interrupt, host, steps).run() }
        let album = try steps.run(.probe, failure: ProbeStage.failure) { progress in
            var reached = 0.0
            return try AlbumMaker(spec, interrupt: interrupt).make(
                progress: { share in
                    reached = share
                    progress(share)
                },
                beat: { host.emit(.progress(.probe, share: reached)) }
            )
        }
        for note in album.notes { host.note(note) }
        return try ReelWork(album.spec, album, interrupt, host, steps).run()
    }

    /// A job without footage.
    private func tell(_ story: Story) throws -> JobResult {
        let desk = ErrandDesk(spec.staging, interrupt: interrupt, emit: host.emit, reply: host.errand)
        return try StoryWork(
            spec: spec,
            story: story,
            interrupt: interrupt,
            emit: host.emit,
            steps: steps,
            desk: desk
        ).run()
    }
}
