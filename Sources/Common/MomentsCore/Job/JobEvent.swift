/// What a worker tells while it works: one JSON object a line on its standard output.
public enum JobEvent: Hashable, Sendable {
    /// The most a judge may cost.
    public static let mostCost = 1e12

    /// The worker has read its job; `pid` is its own process (not its launcher's), `sandbox` what shuts it in.
    case started(version: String, pid: Int32, sandbox: String? = nil)
    /// A stage begins.
    case stageStarted(Stage)
    /// A stage is done to `share` (0–1).
    case progress(Stage, share: Double)
    /// A stage has ended well.
    case stageCompleted(Stage)
    /// A stage has nothing to do, and why, in half a sentence.
    case stageSkipped(Stage, reason: String)
    /// What the video is.
    case media(MediaInfo)
    /// Whose words are those of the video, and whether they are used.
    case transcript(TranscriptInfo)
    /// Which taste the reel is chosen by.
    case taste(TasteInfo)
    /// What is to be learnt from how the reel was changed, or from its being left as it was.
    case learned(TasteLesson)
    /// The judge is to be asked: the question's document below the staging folder. It is answered by a `JudgeReply`.
    case question(FilePath)
    /// What is said is to be written down: the recording below the staging folder. It is answered by a `TranscriptReply`.
    case recording(FilePath)
    /// What came of writing down what is said: why there is nothing, as a clause about the command; nil where all is well.
    case transcribed(failure: String?)
    /// What came of the judge: what it cost, and why it does not count, as a clause about it.
    case judged(cost: Double, failure: String?)
    /// Work is to be done by a command. It is answered by an `ErrandReply`.
    case errand(Errand)
    /// What a stage has cost so far, in whatever its commands count.
    case spent(Stage, cost: Double)
    /// A shot of the reel is encoded: number `index` (from 1) of `count`.
    case shotCompleted(index: Int, count: Int)
    /// Something worth knowing that does not end the job.
    case note(String)
    /// Every output stands verified in the staging folder; always the last line.
    case completed(JobResult)
    /// The job has failed in `stage`; always the last line.
    case failed(Stage, JobError)
}

extension JobEvent {
    /// Whether whoever watches the job is shown something else because of it, besides stages and progress.
    public var changesWhatIsShown: Bool {
        switch self {
        case .media, .transcript, .taste, .note: true
        case .started, .stageStarted, .progress, .stageCompleted, .stageSkipped, .learned, .question, .recording,
            .transcribed, .judged, .errand, .spent, .shotCompleted, .completed, .failed:
            false
        }
    }
}

extension JobEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case event
        case version
        case pid
        case sandbox
        case stage
        case share
        case reason
        case media
        case transcript
        case taste
        case lesson
        case path
        case cost
        case errand
        case failure
        case index
        case count
        case text
        case result
        case error
    }

    private enum Name: String, Codable {
        case started
        case stageStarted = "stage_started"
        case progress
        case stageCompleted = "stage_completed"
        case stageSkipped = "stage_skipped"
        case media
        case transcript
        case taste
        case learned
        case question
        case recording
        case transcribed
        case judged
        case errand
        case spent
        case shotCompleted = "shot_complete"
        case note
        case completed
        case failed
    }

    private var name: Name {
        switch self {
        case .started: .started
        case .stageStarted: .stageStarted
        case .progress: .progress
        case .stageCompleted: .stageCompleted
        case .stageSkipped: .stageSkipped
        case .media: .media
        case .transcript: .transcript
        case .taste: .taste
        case .learned: .learned
        case .question: .question
        case .recording: .recording
        case .transcribed: .transcribed
        case .judged: .judged
        case .errand: .errand
        case .spent: .spent
        case .shotCompleted: .shotCompleted
        case .note: .note
        case .completed: .completed
        case .failed: .failed
        }
    }

    /// Reads one event; an event of an unknown name does not decode.
    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        func stage() throws -> Stage { try line.decode(Stage.self, forKey: .stage) }
        func path() throws -> FilePath { try line.decode(FilePath.self, forKey: .path) }
        func cost() throws -> Double { try line.number(forKey: .cost, in: 0...Self.mostCost) }
        func failure() throws -> String? { try line.decodeIfPresent(String.self, forKey: .failure) }
        switch try line.decode(Name.self, forKey: .event) {
        case .started:
            self = .started(
                version: try line.decode(String.self, forKey: .version),
                pid: try line.decode(Int32.self, forKey: .pid),
                sandbox: try line.decodeIfPresent(String.self, forKey: .sandbox)
            )
        case .stageStarted: self = .stageStarted(try stage())
        case .progress: self = .progress(try stage(), share: try line.decode(Double.self, forKey: .share))
        case .stageCompleted: self = .stageCompleted(try stage())
        case .stageSkipped: self = .stageSkipped(try stage(), reason: try line.decode(String.self, forKey: .reason))
        case .media: self = .media(try line.decode(MediaInfo.self, forKey: .media))
        case .transcript: self = .transcript(try line.decode(TranscriptInfo.self, forKey: .transcript))
        case .taste: self = .taste(try line.decode(TasteInfo.self, forKey: .taste))
        case .learned: self = .learned(try line.decode(TasteLesson.self, forKey: .lesson))
        case .question: self = .question(try path())
        case .recording: self = .recording(try path())
        case .transcribed: self = .transcribed(failure: try failure())
        case .judged: self = .judged(cost: try cost(), failure: try failure())
        case .errand: self = .errand(try line.decode(Errand.self, forKey: .errand))
        case .spent: self = .spent(try stage(), cost: try cost())
        case .shotCompleted:
            let index = try line.decode(Int.self, forKey: .index)
            self = .shotCompleted(index: index, count: try line.decode(Int.self, forKey: .count))
        case .note: self = .note(try line.decode(String.self, forKey: .text))
        case .completed: self = .completed(try line.decode(JobResult.self, forKey: .result))
        case .failed: self = .failed(try stage(), try line.decode(JobError.self, forKey: .error))
        }
    }

    /// Writes one event.
    public func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: CodingKeys.self)
        try line.encode(name, forKey: .event)
        try line.encodeIfPresent(stage, forKey: .stage)
        switch self {
        case .started(let version, let pid, let sandbox):
            try line.encode(version, forKey: .version)
            try line.encode(pid, forKey: .pid)
            try line.encodeIfPresent(sandbox, forKey: .sandbox)
        case .stageStarted, .stageCompleted: break
        case .progress(_, let share): try line.encode(share, forKey: .share)
        case .stageSkipped(_, let reason): try line.encode(reason, forKey: .reason)
        case .media(let media): try line.encode(media, forKey: .media)
        case .transcript(let transcript): try line.encode(transcript, forKey: .transcript)
        case .taste(let taste): try line.encode(taste, forKey: .taste)
        case .learned(let lesson): try line.encode(lesson, forKey: .lesson)
        case .question(let path), .recording(let path): try line.encode(path, forKey: .path)
        case .transcribed(let failure): try line.encodeIfPresent(failure, forKey: .failure)
        case .judged(let cost, let failure):
            try line.encode(cost, forKey: .cost)
            try line.encodeIfPresent(failure, forKey: .failure)
        case .errand(let errand): try line.encode(errand, forKey: .errand)
        case .spent(_, let cost): try line.encode(cost, forKey: .cost)
        case .shotCompleted(let index, let count):
            try line.encode(index, forKey: .index)
            try line.encode(count, forKey: .count)
        case .note(let text): try line.encode(text, forKey: .text)
        case .completed(let result): try line.encode(result, forKey: .result)
        case .failed(_, let error): try line.encode(error, forKey: .error)
        }
    }

    /// The stage it is about; nil where it is about none.
    private var stage: Stage? {
        switch self {
        case .stageStarted(let stage), .stageCompleted(let stage), .progress(let stage, _), .stageSkipped(let stage, _),
            .spent(let stage, _), .failed(let stage, _):
            stage
        default: nil
        }
    }
}
