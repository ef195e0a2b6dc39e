/// What is run for each kind of event.
public struct HookCommands: Sendable {
    private let commands: [HookEvent.Kind: [String]]
    /// How long one run may take.
    public let timeLimit: Duration

    /// Names the commands, in words; empty for none.
    public init(complete: [String], failure: [String], problem: [String], timeLimit: Duration) {
        commands = [.complete: complete, .failure: failure, .problem: problem]
        self.timeLimit = timeLimit
    }

    /// The command for a kind of event, in words; nil where there is none.
    public subscript(kind: HookEvent.Kind) -> [String]? {
        commands[kind].flatMap { $0.isEmpty ? nil : $0 }
    }
}
