internal import FoundationEssentials
public import MomentsCore
public import MomentsSystem

/// One worker at one job: its process, its pipes, and a thread that hears it.
///
/// Whoever started it hears news on that thread, and has to return at once. However much it says, nobody but this thread
/// is kept busy.
public actor Worker {
    nonisolated let executor = QueueExecutor(label: "momentsd.worker")
    /// The worker's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let process: ChildProcess
    private let limits: WorkerLimits
    private let judge: Asking?
    private let transcriber: Transcribing?
    private let report: @Sendable (WorkerNews) -> Void
    private var speech: WorkerSpeech
    private var times: WorkerTimes
    private var lifeline: Descriptor?
    private var output: ReadSource?
    private var errors: ReadSource?
    private var exit: ReadSource?
    private var alarm: Alarm?
    private var pausedUntil: Moment?
    private var errorsPausedUntil: Moment?
    private var isOver = false
    private var questions = 0
    private var asking: Task<Void, Never>?

    /// Gives a question of the worker, which stands below its staging folder, to a judge.
    public typealias Asking = @Sendable (_ question: FilePath) async -> JudgeReply

    /// Has a recording of the worker, which stands below its staging folder, written down.
    public typealias Transcribing = @Sendable (_ recording: FilePath) async -> TranscriptReply

    /// A job asks at most so often.
    private static let mostQuestions = 5

    /// Starts a worker on a job.
    ///
    /// - Parameters:
    ///   - command: What to start.
    ///   - spec: The job.
    ///   - stallTimeout: How long it may tell nothing.
    ///   - limits: How much it may tell.
    ///   - judge: Who answers its questions; cancelled when the worker is to end. nil for nobody.
    ///   - transcriber: Who writes down what is said in its video; likewise.
    ///   - report: Hears the news, on the worker's own thread.
    /// - Returns: The worker, which is at work.
    /// - Throws: `SystemError` when its process cannot be started.
    public static func start(
        _ command: WorkerCommand,
        _ spec: JobSpec,
        stallTimeout: Duration,
        limits: WorkerLimits = WorkerLimits(),
        judge: Asking? = nil,
        transcriber: Transcribing? = nil,
        report: @escaping @Sendable (WorkerNews) -> Void
    ) throws(SystemError) -> Worker {
        let environment = command.isService ? WorkerEnvironment.withoutService : WorkerEnvironment.whole
        var started: Worker?
        try WorkerFamily.start { () throws(SystemError) in
            let process = try ChildProcess(command.words, environment: environment)
            let pid = process.pid
            if let memory = command.memory { process.limitMemory(to: memory) }
            started = Worker(process, stallTimeout, limits, judge, transcriber, report)
            return pid
        }
        guard let worker = started else { preconditionFailure("a process that was started has a worker") }
        let line = (try? MomentsJSON.line(spec)).map { [UInt8]($0) } ?? []
        worker.perform { $0.begin(with: line) }
        return worker
    }

    private init(
        _ process: consuming ChildProcess,
        _ stallTimeout: Duration,
        _ limits: WorkerLimits,
        _ judge: Asking?,
        _ transcriber: Transcribing?,
        _ report: @escaping @Sendable (WorkerNews) -> Void
    ) {
        let now = SuspendingClock.now
        var process = process
        lifeline = process.takeInput()
        self.process = process
        self.limits = limits
        self.judge = judge
        self.transcriber = transcriber
        self.report = report
        speech = WorkerSpeech(limits, at: now)
        times = WorkerTimes(stallTimeout: stallTimeout, at: now)
    }

    /// Tells the worker to stop: its lifeline ends, and it gets SIGTERM; when the grace is over, it is killed.
    public nonisolated func stop(_ reason: WorkerStop, grace: Duration) {
        perform { worker in worker.act(worker.times.stop(reason, grace: grace, at: .now)) }
    }

    /// Suspends everything the worker runs, or lets it go on.
    public nonisolated func suspend(_ wanted: Bool) {
        perform { worker in worker.act(worker.times.suspend(wanted, at: .now)) }
    }

    private nonisolated func perform(_ work: @escaping @Sendable (isolated Worker) -> Void) {
        executor.queue.async { self.assumeIsolated { work($0) } }
    }

    private func begin(with line: [UInt8]) {
        send(line)
        alarm = Alarm(on: executor.queue) { [weak self] in self?.assumeIsolated { $0.tick() } }
        output = listen(process.output.number) { $0.readOutput() }
        errors = listen(process.errors.number) { $0.readErrors() }
        exit = listen(process.exit.number) { $0.end() }
        rearm()
    }

    private func send(_ line: [UInt8]) {
        // A worker that does not read would block the writer: never on this thread, which has to hear it.
        guard let pipe = try? lifeline?.duplicate() else { return }
        SerialQueue(label: "momentsd.send").async { try? pipe.write(line, to: "the worker's standard input") }
    }

    private func ask<Reply: Encodable & Sendable>(
        _ question: FilePath,
        _ answerer: (@Sendable (FilePath) async -> Reply)?,
        else refusal: Reply
    ) {
        guard times.stop == nil, asking == nil else { return }
        questions += 1
        guard questions <= Self.mostQuestions else {
            return act(times.stop(.excess("more than \(Self.mostQuestions) questions"), grace: .zero, at: .now))
        }
        guard let answerer else { return answer(refusal) }
        // Waiting for somebody else is no silence.
        times.wait(true, at: .now)
        asking = Task { [weak self] in
            let reply = await answerer(question)
            self?.perform { $0.answer(reply) }
        }
    }

    private func answer(_ reply: some Encodable) {
        asking = nil
        times.wait(false, at: .now)
        send((try? MomentsJSON.line(reply)).map { [UInt8]($0) } ?? [])
        rearm()
    }

    private func listen(_ descriptor: CInt, _ handler: @escaping @Sendable (isolated Worker) -> Void) -> ReadSource {
        ReadSource(descriptor, on: executor.queue) { [weak self] in self?.assumeIsolated { handler($0) } }
    }

    private func tick() {
        let now = Moment.now
        act(times.tick(at: now))
        if let until = pausedUntil, now >= until {
            pausedUntil = nil
            output = listen(process.output.number) { $0.readOutput() }
        }
        if let until = errorsPausedUntil, now >= until {
            errorsPausedUntil = nil
            errors = listen(process.errors.number) { $0.readErrors() }
        }
        rearm()
    }

    private func rearm() {
        let due = [times.due, pausedUntil, errorsPausedUntil].compactMap { $0 }.min()
        alarm?.set(after: due.map { max(.milliseconds(10), $0 - Moment.now) })
    }

    private func readOutput() {
        var read = 0
        while read < limits.bytesPerTurn, pausedUntil == nil, let bytes = Self.take(process.output) {
            read += bytes.count
            if bytes.isEmpty {
                output?.cancel()
                return act(speech.finish(at: .now))
            }
            act(speech.hear(bytes, at: .now))
        }
    }

    private func readErrors() {
        var read = 0
        while read < limits.bytesPerTurn, errorsPausedUntil == nil, let bytes = Self.take(process.errors) {
            read += bytes.count
            if bytes.isEmpty {
                errors?.cancel()
                return act(speech.finishErrors(at: .now))
            }
            act(speech.hearErrors(bytes, at: .now))
        }
    }

    private func act(_ actions: [WorkerSpeech.Action]) {
        for action in actions {
            switch action {
            case .tell(let event):
                times.sign(at: .now)
                take(event)
            case .complain(let line): report(.complaint(line))
            // What is left of one that has ended is no more than a pipe holds.
            case .pause where isOver, .pauseErrors where isOver: break
            case .pause(let moment):
                pausedUntil = moment
                output?.cancel()
                // Being kept from speaking is no silence.
                times.sign(at: .now)
                rearm()
            // It says nothing that counts as a sign meanwhile: one that only complains stalls.
            case .pauseErrors(let moment):
                errorsPausedUntil = moment
                errors?.cancel()
                rearm()
            case .end(let excess): act(times.stop(.excess(excess), grace: .zero, at: .now))
            }
        }
    }

    private func take(_ event: JobEvent) {
        let nobody = JudgeFailure("there is none")
        switch event {
        case .question(let path): ask(path, judge, else: JudgeReply(nobody))
        case .recording(let path): ask(path, transcriber, else: TranscriptReply(nobody))
        default: if times.stop == nil { report(.event(event)) }
        }
    }

    private func act(_ actions: [WorkerTimes.Action]) {
        for action in actions {
            switch action {
            case .ask:
                asking?.cancel()
                lifeline = nil
                process.signalGroup(SignalNumber.terminate)
            case .kill: process.signalGroup(SignalNumber.kill)
            case .halt: process.signalGroup(SignalNumber.stop)
            case .proceed: process.signalGroup(SignalNumber.proceed)
            }
        }
        rearm()
    }

    /// The process has ended: takes what it still had to say, as far as anybody has to listen, and tells.
    private func end() {
        // What the worker left behind ends with it; its group's number is not given away before it is reaped.
        process.signalGroup(SignalNumber.kill)
        isOver = true
        asking?.cancel()
        // Nothing of it may change what it wrote any more.
        WorkerFamily.ended(process.pid)
        (pausedUntil, errorsPausedUntil) = (nil, nil)
        readOutput()
        readErrors()
        guard let end = process.reapWithUsage() else {
            isOver = false
            return
        }
        for source in [output, errors, exit] { source?.cancel() }
        alarm?.set(after: nil)
        lifeline = nil
        report(
            .ended(
                WorkerEnd(
                    exit: end.reason,
                    last: speech.last,
                    complaints: speech.complaints,
                    stop: times.stop,
                    usage: end.usage
                )
            )
        )
    }

    /// What a stream has ready: nil for nothing yet, empty for its end, in whatever way it came.
    private static func take(_ stream: borrowing Descriptor) -> [UInt8]? {
        do { return try stream.receive(atMost: 64 << 10, from: "the worker") } catch { return [] }
    }
}
