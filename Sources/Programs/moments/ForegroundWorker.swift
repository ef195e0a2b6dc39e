internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSupervisor
internal import MomentsSystem

/// A worker this program waits for: it blocks on the worker's pipes, its end and an interruption at once.
struct ForegroundWorker: ~Copyable {
    private var process: ChildProcess
    private let settings: Settings
    private var output = LineSplitter(longest: 1 << 20)
    private var errors = LineSplitter(longest: 4096)
    private var complaints: [String] = []
    private var last: JobEvent?
    private var lastSign = MonotonicClock.now
    private var killAt: Double?
    private var isStalled = false
    /// What the worker's processes used; known once `run` has returned.
    private(set) var usage: ProcessUsage?

    /// Starts the worker's process.
    init(settings: Settings) throws(JobError) {
        let words = settings.workers.launcher.map { FilePath($0) } + [Self.program(settings)]
        do { process = try ChildProcess(words, environment: Self.environment) } catch {
            throw JobError(
                .interrupted,
                "The worker cannot be started: \(error); install moments-worker beside moments, or name it by "
                    + "MOMENTS_WORKER.",
                transient: false
            )
        }
        self.settings = settings
        if let memory = settings.workers.memory { process.limitMemory(to: memory) }
    }

    /// Hands over the job and waits for the worker's end.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interruption: Stops the worker; a second one kills it.
    ///   - report: Called with each event but the last.
    /// - Returns: What became of the job.
    mutating func run(
        _ spec: JobSpec,
        interruption: Interruption,
        report: (JobEvent) -> Void
    ) -> WorkerOutcome {
        var lifeline = process.takeInput()
        // A job is far smaller than a pipe's buffer (64 KiB) unless it has many hundreds of stretches; a worker that
        // does not read them is as good as stalled.
        if let line = try? MomentsJSON.line(spec) { try? lifeline?.write(line, to: "the worker's standard input") }
        var open: Set<CInt> = [process.output.number, process.errors.number]
        while true {
            if interruption.happened && killAt == nil {
                lifeline = nil
                process.signalGroup(SIGTERM)
                killAt = MonotonicClock.now + min(settings.workers.stopTimeout, 10)
            }
            if let killAt, interruption.isUrgent || MonotonicClock.now >= killAt { process.signalGroup(SIGKILL) }
            if MonotonicClock.now - lastSign > settings.workers.stallTimeout && killAt == nil {
                isStalled = true
                killAt = MonotonicClock.now
            }
            let ended = wait(open + [process.exit.number], interruption)
            if open.contains(process.output.number), !readOutput(report) { open.remove(process.output.number) }
            if open.contains(process.errors.number), !readErrors() { open.remove(process.errors.number) }
            if ended { break }
        }
        lifeline = nil
        // What the worker may have started ends with it.
        process.signalGroup(SIGKILL)
        let end = process.reapWithUsage()
        usage = end?.usage
        return judge(end?.reason ?? .exited(0), spec, interruption)
    }

    /// Waits for something to happen; true when the process has ended.
    private func wait(_ descriptors: [CInt], _ interruption: Interruption) -> Bool {
        var polls = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // Once it is heard, the interruption stays readable: it is no reason to wake again.
        if !interruption.happened {
            polls.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
        }
        poll(&polls, nfds_t(polls.count), killAt == nil ? 1000 : 100)
        return polls[descriptors.count - 1].revents != 0
    }

    /// Takes what the worker has said; false when it says nothing any more.
    private mutating func readOutput(_ report: (JobEvent) -> Void) -> Bool {
        while let bytes = Self.read(process.output) {
            for line in output.add(bytes) { take(line, report) }
            guard !bytes.isEmpty else {
                if let line = output.finish() { take(line, report) }
                return false
            }
        }
        return true
    }

    private mutating func take(_ line: [UInt8], _ report: (JobEvent) -> Void) {
        guard let event = try? MomentsJSON.decode(JobEvent.self, from: Data(line)) else { return }
        lastSign = MonotonicClock.now
        switch event {
        case .completed, .failed: last = event
        default: report(event)
        }
    }

    private mutating func readErrors() -> Bool {
        while let bytes = Self.read(process.errors) {
            let lines = errors.add(bytes).map { Escaping.line(String(decoding: $0, as: UTF8.self)) }
            complaints = (complaints + lines).suffix(12)
            if bytes.isEmpty { return false }
        }
        return true
    }

    /// What a pipe has: nil for nothing yet, empty at its end; a broken one has ended.
    private static func read(_ pipe: borrowing Descriptor) -> [UInt8]? {
        do { return try pipe.receive(atMost: 64 << 10, from: "the worker") } catch { return [] }
    }

    private func judge(_ exit: ExitReason, _ spec: JobSpec, _ interruption: Interruption) -> WorkerOutcome {
        let name = spec.name.display
        if isStalled {
            let time = Words.time(settings.workers.stallTimeout)
            let reason = "The worker made no progress on '\(name)' for \(time) and was ended."
            return .failed(JobError(.timedOut, reason, detail: complaints.joined(separator: "\n")), nil)
        }
        if interruption.happened, case .completed = last {
        } else if interruption.happened {
            return .failed(JobError(.interrupted, "'\(name)' was interrupted.", transient: false), nil)
        }
        return WorkerOutcome.judge(
            last: last,
            exit: exit,
            complaints: complaints,
            name: name,
            hasMemoryLimit: settings.workers.memory != nil
        )
    }

    /// The worker: what `MOMENTS_WORKER` or the configuration names, or the one beside this program, or one in PATH.
    private static func program(_ settings: Settings) -> FilePath {
        if let named = getenv("MOMENTS_WORKER") { return FilePath(String(cString: named)) }
        if let program = settings.workers.program { return program }
        let beside = try? Folder.resolved("/proc/self/exe").parent.appending("moments-worker")
        return beside.flatMap { (try? FileStatus.of($0)) == nil ? nil : $0 } ?? "moments-worker"
    }

    /// This program's own environment, which the programs it starts get too.
    static var environment: [String] {
        ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    }
}
