public import MomentsCore

/// Who answers what one worker asks of others; nil for nobody.
public struct WorkerHelp: Sendable {
    /// Gives a question of the worker, which stands below its staging folder, to a judge.
    public var judge: (@Sendable (_ question: FilePath) async -> JudgeReply)?
    /// Has a recording of the worker, which stands below its staging folder, written down.
    public var transcriber: (@Sendable (_ recording: FilePath) async -> TranscriptReply)?
    /// Has work of the worker done by a command; its files stand below its staging folder.
    public var engines: (@Sendable (_ errand: Errand) async -> ErrandReply)?

    /// Nobody's help.
    public init() {}
}
