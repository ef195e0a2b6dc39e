/// Every way from one status to another; nothing else changes a job's status.
extension Manifest {
    /// Takes in that the video is whole and waits for a worker, with the options in effect now.
    public mutating func queue(_ options: JobOptions, preset: String?) {
        config = options
        self.preset = preset
        status = .pending
        progress = 0
        message = "waiting for a worker"
        error = nil
        nextAttemptAt = nil
        completedAt = nil
    }

    /// Goes back to waiting until the video is whole; what was found in it before stays.
    public mutating func await(_ message: String) {
        status = .uploading
        self.message = message
        error = nil
    }

    /// Goes back into the queue as if the last attempt had not been.
    public mutating func putBack(_ message: String) {
        status = .pending
        self.message = message
        progress = 0
        attempts = max(0, attempts - 1)
        startedAt = nil
        stages = Stage.all(of: config).map { StageRecord(name: $0) }
    }

    /// Ends the job because nobody wants it any more.
    public mutating func cancel(_ message: String, at now: Timestamp) {
        status = .cancelled
        self.message = message
        completedAt = now
        updatedAt = now
        nextAttemptAt = nil
        stages = Stage.all(of: config).map { StageRecord(name: $0) }
    }

    /// Begins an attempt: what an earlier one left is cleared.
    public mutating func begin(at now: Timestamp) {
        status = .processing
        progress = 0
        message = "starting"
        attempts += 1
        startedAt = now
        completedAt = nil
        processingTime = nil
        nextAttemptAt = nil
        stages = Stage.all(of: config).map { StageRecord(name: $0) }
        notes = []
        transcript = nil
        taste = nil
        result = nil
        error = nil
    }

    /// Takes in what a worker told.
    ///
    /// - Returns: Whether something changed that is worth writing to disk (a status or a stage, not a percent).
    public mutating func apply(_ event: JobEvent, at now: Timestamp) -> Bool {
        switch event {
        case .started, .question, .recording, .errand, .shotCompleted, .learned: return false
        case .note(let text):
            take(note: text)
            return false
        case .media(let media): self.media = media
        case .transcript(let transcript): self.transcript = transcript
        case .taste(let taste): self.taste = taste
        case .stageStarted(let stage):
            message = "\(stage.rawValue)"
            update(stage) { ($0.status, $0.startedAt) = (.running, now) }
        case .progress(let stage, let share):
            update(stage) { $0.progress = (min(max(share, 0), 1) * 1000).rounded() / 10 }
            progress = max(progress, (overall(stage, share) * 10).rounded() / 10)
            return false
        case .transcribed(let failure): update(.transcript) { $0.error = failure }
        case .judged(let cost, let failure): update(.judge) { ($0.cost, $0.error) = (cost, failure) }
        case .spent(let stage, let cost): update(stage) { $0.cost = cost }
        case .stageCompleted(let stage):
            end(stage, at: now) {
                // A judge, or a transcript's command, that failed does not end the job.
                $0.status = $0.error == nil ? .completed : .failed
                $0.progress = 100
            }
        case .stageSkipped(let stage, let reason):
            end(stage, at: now) { ($0.status, $0.reason) = (.skipped, reason) }
        case .completed(let result):
            self.result = result
            return false
        case .failed(let stage, let error): fail(error, in: stage, at: now)
        }
        return true
    }

    private mutating func take(note text: String) {
        message = text
        // A worker that never stops talking must not fill the disk.
        if notes.count < Self.mostNotes, notes.last != text { notes.append(text) }
    }

    /// Takes in that nothing more is to be done in a stage.
    private mutating func end(_ stage: Stage, at now: Timestamp, _ change: (inout StageRecord) -> Void) {
        update(stage) {
            change(&$0)
            $0.completedAt = now
        }
        progress = max(progress, overall(stage, 1))
    }

    /// Ends the job as failed; the stage at fault says why.
    public mutating func fail(_ error: JobError, in stage: Stage?, at now: Timestamp) {
        status = .failed
        message = error.message
        self.error = error
        result = nil
        completedAt = now
        processingTime = startedAt.map { now.seconds(since: $0) }
        guard let stage else { return }
        update(stage) {
            $0.status = .failed
            $0.error = error.message
            $0.completedAt = now
        }
    }

    /// Ends the job as completed: its result is in the outbox at `folder`.
    public mutating func complete(_ result: JobResult, folder: FilePath, at now: Timestamp) {
        var result = result
        result.folder = folder
        self.result = result
        status = .completed
        progress = 100
        error = nil
        nextAttemptAt = nil
        completedAt = now
        processingTime = startedAt.map { now.seconds(since: $0) }
        message =
            result.outputDuration > 0
            ? "\(result.segmentsSelected) \(result.segmentsSelected == 1 ? "shot" : "shots"), "
                + "\(ClockText.hoursMinutesSeconds(result.outputDuration)) \(config.story == nil ? "of highlights" : "in all")"
            : config.story == nil ? "too short for a reel; stills and data were made" : "the storyboard was made"
        update(.publish) {
            $0.status = .completed
            $0.progress = 100
            $0.completedAt = now
        }
    }

    /// More notes than these are not kept.
    static let mostNotes = 32

    private func overall(_ stage: Stage, _ share: Double) -> Double {
        stage.progress(at: share, inStory: config.story != nil)
    }

    private mutating func update(_ stage: Stage, _ change: (inout StageRecord) -> Void) {
        guard let index = stages.firstIndex(where: { $0.name == stage }) else { return }
        change(&stages[index])
    }
}
