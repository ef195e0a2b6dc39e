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
    case select
    case render
    case stills
    case verify
    case export
    /// The daemon's own step: the result becomes visible in the outbox.
    case publish

    /// The stages of a job with these options, in their order.
    public static func all(of options: JobOptions) -> [Stage] {
        allCases.filter { ($0 != .judge || options.judge) && ($0 != .transcript || options.transcribe) }
    }

    /// This stage's share of a whole job's time, of 100 in all; what the overall progress is made of.
    public var weight: Double {
        switch self {
        case .probe: 1
        case .analyze: 53
        case .transcript: 2
        case .subjects: 3
        case .judge: 2
        case .select: 1
        case .render: 28
        case .stills: 3
        case .verify: 5
        case .export: 1
        case .publish: 1
        }
    }

    /// Overall progress (0–100) when this stage is done to `share` (0–1).
    public func progress(at share: Double) -> Double {
        let before = Stage.allCases.prefix { $0 != self }.reduce(0) { $0 + $1.weight }
        return before + weight * min(max(share, 0), 1)
    }
}
