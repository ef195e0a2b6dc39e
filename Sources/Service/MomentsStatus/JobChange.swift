internal import MomentsCore

/// What is told of a change: the name and the data of a server-sent event.
struct JobChange: Sendable {
    /// The event's name.
    enum Name: String, Sendable {
        case progress
        case stage
        case shotComplete = "shot_complete"
        case jobComplete = "job_complete"
        case error
    }

    let name: Name
    let body: Body

    /// The event's data; keys without a value are left out.
    struct Body: Encodable, Sendable {
        let jobID: String
        let name: FilePath
        let folder: FilePath
        let status: JobStatus
        let progress: Double
        let message: String
        var stage: Stage?
        var state: StageRecord.Status?
        var index: Int?
        var count: Int?
        var cost: Double?
        var result: JobResult?
        var error: JobError?
        var nextAttemptAt: Timestamp?

        private enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case name
            case folder
            case status
            case progress
            case message
            case stage
            case state
            case index
            case count
            case cost
            case result
            case error
            case nextAttemptAt = "next_attempt_at"
        }

        init(_ manifest: Manifest) {
            jobID = manifest.jobID
            name = manifest.source.name
            folder = manifest.source.folder
            status = manifest.status
            progress = manifest.progress
            message = manifest.message
        }
    }

    /// Finds what is worth telling; nil when nothing is.
    ///
    /// - Parameters:
    ///   - transition: What happened.
    ///   - manifest: The job as it is shown.
    init?(_ transition: JobTransition, shown manifest: Manifest) {
        let event = transition.event
        // What was over when the service started is no news.
        if transition.before == nil && manifest.status.isFinal { return nil }
        var body = Body(manifest)
        if transition.isChangeOfStatus {
            switch manifest.status {
            case .completed, .cancelled:
                body.result = manifest.result
                (name, self.body) = (.jobComplete, body)
            case .failed:
                body.error = manifest.error
                body.nextAttemptAt = manifest.nextAttemptAt
                (name, self.body) = (.error, body)
            case .uploading, .pending, .processing:
                (name, self.body) = (.progress, body)
            }
            return
        }
        switch event {
        case .stageStarted(let stage):
            body.stage = stage
            body.state = .running
            (name, self.body) = (.stage, body)
        case .stageCompleted(let stage):
            body.stage = stage
            let record = manifest.stages.first { $0.name == stage }
            body.state = record?.error == nil ? .completed : .failed
            body.cost = record?.cost
            (name, self.body) = (.stage, body)
        case .stageSkipped(let stage, _):
            body.stage = stage
            body.state = .skipped
            (name, self.body) = (.stage, body)
        case .progress(let stage, _):
            body.stage = stage
            (name, self.body) = (.progress, body)
        case .shotCompleted(let index, let count):
            body.stage = manifest.config.story == nil ? .render : .video
            body.index = index
            body.count = count
            (name, self.body) = (.shotComplete, body)
        case let other?:
            guard other.changesWhatIsShown else { return nil }
            (name, self.body) = (.progress, body)
        case nil:
            // An arriving file whose message changed, an attempt put off: told while the job is not over.
            guard !manifest.status.isFinal else { return nil }
            (name, self.body) = (.progress, body)
        }
    }

    /// The change as an event for the streams.
    func event(number: UInt64) -> StreamEvent {
        StreamEvent(number: number, job: body.jobID, bytes: StreamEvent.encode(name.rawValue, body, number: number))
    }
}
