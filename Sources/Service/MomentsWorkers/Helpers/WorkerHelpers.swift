public import MomentsCore
internal import Synchronization

/// Those who work for workers, whichever job they are at; nil for nobody.
public struct WorkerHelpers: Sendable {
    /// Who is asked about stills.
    public let judge: Judge?
    /// Who writes down what is said where no subtitles do.
    public let transcriber: Transcriber?
    /// Who speaks texts and makes shots.
    public let engines: Engines?

    /// Told of each job whose pictures may leave this machine.
    private static let leaving =
        "stills of it are shown to the judge, which reaches the network ([Judge] Network=yes)"

    /// Names them.
    public init(judge: Judge? = nil, transcriber: Transcriber? = nil, engines: Engines? = nil) {
        (self.judge, self.transcriber, self.engines) = (judge, transcriber, engines)
    }

    /// Has them help the worker of a job.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - content: What tells its video from any other, by which answers are remembered; nil for none.
    ///   - note: Told what leaves this machine, in words; nil where whoever started the worker named the judge.
    /// - Returns: Their help; each call is to be cancelled where nobody wants the answer any more.
    public func help(
        for spec: JobSpec,
        content: String? = nil,
        note: (@Sendable (String) -> Void)? = nil
    ) -> WorkerHelp {
        let staging = spec.staging
        var help = WorkerHelp()
        if let judge {
            help.judge = { question in
                if judge.reachesNetwork { note?(Self.leaving) }
                return await judge.answer(question, staging: staging, content: content)
            }
        }
        if let transcriber {
            help.transcriber = { await transcriber.answer($0, staging: staging, content: content) }
        }
        if let engines {
            let (blur, told) = (spec.options.subjects.blur, Told())
            help.engines = { errand in
                if let refusal = engines.refusal(of: errand, where: blur) { return refusal }
                if let note, let leaving = engines.leaving(errand), told.isNew(leaving) { note(leaving) }
                return await engines.run(errand, staging: staging)
            }
        }
        return help
    }

    /// What was told of a job already.
    private final class Told: Sendable {
        private let sentences = Mutex<Set<String>>([])

        func isNew(_ sentence: String) -> Bool { sentences.withLock { $0.insert(sentence).inserted } }
    }

    /// Waits until nobody is at work any more; blocks.
    public func waitUntilIdle() {
        judge?.waitUntilIdle()
        transcriber?.waitUntilIdle()
        engines?.waitUntilIdle()
    }
}
