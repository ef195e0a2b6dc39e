public import MomentsCore

/// What is run for each kind of event.
public struct HookCommands: Sendable {
    private let commands: [HookKind: [String]]
    /// How long one run may take.
    public let timeLimit: Duration

    /// Names the commands, in words; empty for none.
    public init(_ commands: [HookKind: [String]], timeLimit: Duration) {
        (self.commands, self.timeLimit) = (commands, timeLimit)
    }

    /// The command for a kind of event, in words; nil where there is none.
    public subscript(kind: HookKind) -> [String]? {
        commands[kind].flatMap { $0.isEmpty ? nil : $0 }
    }
}
