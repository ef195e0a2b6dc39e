/// The steps of a job, in their order.
public enum Stage: String, CaseIterable, Codable, Sendable {
    case probe
    case analyze
    /// A command writes down what is said; only of jobs that have one.
    case transcript
    /// Who is in it, where models are there to tell.
    case subjects
    /// Whoever looks at stills is asked; only of jobs that have a judge.
    case judge
    /// What is said is written; only of stories, and of clips with a voice.
    case script
    /// It is spoken.
    case voice
    case select
    /// The shots of a story are made.
    case video
    case render
    case stills
    /// Shots become one clip, and the voice is mixed in.
    case compositing
    case verify
    /// A command says what scenes show; only of jobs that have one.
    case describe
    case export
    /// The daemon's own step: the result becomes visible in the outbox.
    case publish

    /// The stages of a job with these options, in their order.
    public static func all(of options: JobOptions) -> [Stage] {
        if options.story != nil { return [.script, .voice, .video, .compositing, .verify, .export, .publish] }
        var stages = allCases.filter { stage in
            switch stage {
            case .judge: options.judge
            case .describe: options.subjects.asksDescriber
            case .transcript: options.transcribe
            case .script, .voice: options.voiceOver != nil
            case .video, .compositing: false
            default: true
            }
        }
        // The voice is laid over a reel that was compared with its video.
        if options.voiceOver != nil, let verify = stages.firstIndex(of: .verify) {
            stages.insert(.compositing, at: verify + 1)
        }
        return stages
    }

    /// This stage's share of a whole job's time, of 100 in all; what the overall progress is made of.
    private func weight(inStory: Bool) -> Double {
        if inStory {
            return switch self {
            case .script: 1
            case .voice: 12
            case .video: 70
            case .compositing: 10
            case .verify: 5
            case .export: 1
            case .publish: 1
            default: 0
            }
        }
        return switch self {
        case .probe: 1
        case .analyze: 53
        case .transcript: 2
        case .subjects: 3
        case .judge: 2
        case .select: 1
        case .script, .voice, .video: 0
        case .render: 28
        case .stills: 3
        case .compositing, .describe: 0
        case .verify: 5
        case .export: 1
        case .publish: 1
        }
    }

    /// Overall progress (0–100) of a job when this stage is done to `share` (0–1).
    ///
    /// - Parameters:
    ///   - share: How far the stage is.
    ///   - inStory: Whether the job makes its shots itself.
    /// - Returns: The percentage.
    public func progress(at share: Double, inStory: Bool = false) -> Double {
        let before = Stage.allCases.prefix { $0 != self }.reduce(0) { $0 + $1.weight(inStory: inStory) }
        return before + weight(inStory: inStory) * min(max(share, 0), 1)
    }
}
