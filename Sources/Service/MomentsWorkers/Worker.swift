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
    private let report: @Sendable (WorkerNews) -> Void
    private var speech: WorkerSpeech
    private var times: WorkerTimes
    private var lifeline: Descriptor?
    private var output: WorkerStream?
    private var errors: WorkerStream?
    private var exit: ReadSource?
    private var alarm: Alarm?
    private var isOver = false
    private var requests: WorkerRequests
    private var asking: Task<Void, Never>?

    /// Starts a worker on a job.
    ///
    /// - Parameters:
    ///   - command: What to start.
    ///   - spec: The job.
    ///   - stallTimeout: How long it may tell nothing.
    ///   - limits: How much it may tell.
    ///   - help: Who answers what it asks; cancelled when the worker is to end.
    ///   - report: Hears the news, on the worker's own thread.
    /// - Returns: The worker, which is at work.
    /// - Throws: `SystemError` when its process cannot be started.
    public static func start(
        _ command: WorkerCommand,
        _ spec: JobSpec,
        stallTimeout: Duration,
        limits: WorkerLimits = WorkerLimits(),
        help: WorkerHelp = WorkerHelp(),
        report: @escaping @Sendable (WorkerNews) -> Void
    ) throws(SystemError) -> Worker {
        let environment = command.isService ? WorkerEnvironment.withoutService : WorkerEnvironment.whole
        var started: Worker?
        try WorkerFamily.start { () throws(SystemError) in
            let process = try ChildProcess(command.words, environment: environment)
            let pid = process.pid
            if let memory = command.memory { process.limitMemory(to: memory) }
            started = Worker(process, stallTimeout, limits, help, report)
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
        _ help: WorkerHelp,
        _ report: @escaping @Sendable (WorkerNews) -> Void
    ) {
        let now = SuspendingClock.now
        var process = process
        lifeline = process.takeInput()
        self.process = process
        self.limits = limits
        self.report = report
        requests = WorkerRequests(help)
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
        output = stream(process.output.number) { $0.readOutput() }
        errors = stream(process.errors.number) { $0.readErrors() }
        exit = listen(process.exit.number) { $0.end() }
        rearm()
    }

    private func send(_ line: [UInt8]) {
        // A worker that does not read would block the writer: never on this thread, which has to hear it.
        guard let pipe = try? lifeline?.duplicate() else { return }
        SerialQueue(label: "momentsd.send").async { try? pipe.write(line, to: "the worker's standard input") }
    }

    /// Passes an event on, or has answered what it asks.
    private func take(_ event: JobEvent) {
        switch requests.take(event, isFree: times.stop == nil && asking == nil) {
        case nil: if times.stop == nil { report(.event(event)) }
        case .ignore: break
        case .answer(let line): answer(line)
        case .end(let excess): act(times.stop(.excess(excess), grace: .zero, at: .now))
        case .wait(let reply):
            // Waiting for somebody else is no silence.
            times.wait(true, at: .now)
            asking = Task { [weak self] in
                let line = await reply()
                self?.perform { $0.answer(line) }
            }
        }
    }

    private func answer(_ line: [UInt8]) {
        asking = nil
        times.wait(false, at: .now)
        send(line)
        rearm()
    }

    private nonisolated func listen(
        _ descriptor: CInt,
        _ handler: @escaping @Sendable (isolated Worker) -> Void
    ) -> ReadSource {
        ReadSource(descriptor, on: executor.queue) { [weak self] in self?.assumeIsolated { handler($0) } }
    }

    private nonisolated func stream(
        _ descriptor: CInt,
        _ handler: @escaping @Sendable (isolated Worker) -> Void
    ) -> WorkerStream {
        WorkerStream { [unowned self] in listen(descriptor, handler) }
    }

    private func tick() {
        let now = Moment.now
        act(times.tick(at: now))
        output?.proceed(at: now)
        errors?.proceed(at: now)
        rearm()
    }

    private func rearm() {
        let due = [times.due, output?.pausedUntil, errors?.pausedUntil].compactMap { $0 }.min()
        alarm?.set(after: due.map { max(.milliseconds(10), $0 - Moment.now) })
    }

    private func readOutput() {
        var read = 0
        while read < limits.bytesPerTurn, output?.isPaused != true, let bytes = Self.take(process.output) {
            read += bytes.count
            if bytes.isEmpty {
                output?.close()
                return act(speech.finish(at: .now))
            }
            act(speech.hear(bytes, at: .now))
        }
    }

    private func readErrors() {
        var read = 0
        while read < limits.bytesPerTurn, errors?.isPaused != true, let bytes = Self.take(process.errors) {
            read += bytes.count
            if bytes.isEmpty {
                errors?.close()
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
                output?.pause(until: moment)
                // Being kept from speaking is no silence.
                times.sign(at: .now)
                rearm()
            // It says nothing that counts as a sign meanwhile: one that only complains stalls.
            case .pauseErrors(let moment):
                errors?.pause(until: moment)
                rearm()
            case .end(let excess): act(times.stop(.excess(excess), grace: .zero, at: .now))
            }
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
        output?.cutPause()
        errors?.cutPause()
        readOutput()
        readErrors()
        guard let end = process.reapWithUsage() else {
            isOver = false
            return
        }
        output?.close()
        errors?.close()
        exit?.cancel()
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
