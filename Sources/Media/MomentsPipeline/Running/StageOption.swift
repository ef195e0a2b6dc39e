public import MomentsCore

/// One of a job's options, as a stage declares that it depends on it.
public struct StageOption: Sendable {
    private let copy: @Sendable (JobOptions, inout JobOptions) -> Void

    /// Names an option.
    public init<Value>(_ path: any WritableKeyPath<JobOptions, Value> & Sendable) {
        copy = { options, narrowed in narrowed[keyPath: path] = options[keyPath: path] }
    }

    /// The options in which these have their values, and all others their defaults.
    static func narrowed(_ options: JobOptions, to declared: [StageOption]) -> JobOptions {
        var narrowed = JobOptions()
        for option in declared { option.copy(options, &narrowed) }
        return narrowed
    }
}
