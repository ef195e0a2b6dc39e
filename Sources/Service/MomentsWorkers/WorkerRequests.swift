internal import FoundationEssentials
package import MomentsCore

/// What a worker asks of others: who has to answer, and that it does not ask without end; pure.
package struct WorkerRequests {
    /// What follows from something it asks.
    package enum Step {
        /// It is not its turn: do nothing.
        case ignore
        /// Nobody is there: give it this line at once.
        case answer([UInt8])
        /// Wait for this line, and give it that.
        case wait(@Sendable () async -> [UInt8])
        /// It asked more often than a worker may: end it. The clause says what.
        case end(String)
    }

    private let help: WorkerHelp
    private var (questions, errands) = (0, 0)

    /// A job asks at most so often.
    package static let mostQuestions = 5

    /// Starts to count.
    package init(_ help: WorkerHelp) { self.help = help }

    /// Takes what it says.
    ///
    /// - Parameters:
    ///   - event: What was said.
    ///   - isFree: Whether it may ask: it has got its last answer, and is not to end.
    /// - Returns: Nil where that asks nothing.
    package mutating func take(_ event: JobEvent, isFree: Bool) -> Step? {
        let nobody = JudgeFailure("there is none")
        switch event {
        case .question, .recording, .errand: if !isFree { return .ignore }
        default: return nil
        }
        return switch event {
        case .question(let path): question(path, help.judge, else: JudgeReply(nobody))
        case .recording(let path): question(path, help.transcriber, else: TranscriptReply(nobody))
        case .errand(let errand): send(errand)
        default: nil
        }
    }

    private mutating func question<Reply: Encodable & Sendable>(
        _ path: FilePath,
        _ ask: (@Sendable (FilePath) async -> Reply)?,
        else refusal: Reply
    ) -> Step {
        questions += 1
        guard questions <= Self.mostQuestions else { return .end("more than \(Self.mostQuestions) questions") }
        guard let ask else { return .answer(Self.line(refusal)) }
        return .wait { Self.line(await ask(path)) }
    }

    private mutating func send(_ errand: Errand) -> Step {
        errands += 1
        guard errands <= Errand.most else { return .end("more than \(Errand.most) errands") }
        guard let engines = help.engines else {
            return .answer(Self.line(ErrandReply(failure: "nobody here starts commands")))
        }
        return .wait { Self.line(await engines(errand)) }
    }

    private static func line(_ reply: some Encodable) -> [UInt8] {
        (try? MomentsJSON.line(reply)).map { [UInt8]($0) } ?? []
    }
}
