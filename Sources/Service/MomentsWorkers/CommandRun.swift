internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// One run of a program somebody else wrote, from its start to its end and that of all it started.
struct CommandRun {
    let command: [FilePath]
    /// The one folder it may write into.
    let room: CommandRoom
    let timeout: Duration
    /// The most it may write, in bytes.
    let largest: Int
    /// Whether nobody wants the answer any more.
    let isCancelled: () -> Bool

    /// How long it has to end once it is told to.
    private static let grace = 2.0
    /// Pieces of its standard error that are read before anything else has its turn.
    private static let piecesPerTurn = 4

    /// Runs it.
    ///
    /// - Parameters:
    ///   - question: Its standard input.
    ///   - answer: Its standard output, a file.
    /// - Throws: `JudgeFailure` where it did not end well.
    func run(reading question: borrowing Descriptor, writing answer: borrowing Descriptor) throws(JudgeFailure) {
        var started: ChildProcess?
        do {
            // Held until it is there: what others leave behind is told from it.
            try WorkerFamily.start {
                let process = try ChildProcess(
                    command,
                    environment: room.environment,
                    reading: question,
                    writing: answer
                )
                let pid = process.pid
                started = consume process
                return pid
            }
        } catch { throw JudgeFailure("it cannot be started (\(error))") }
        guard let process = started.take() else { preconditionFailure("a process that was started is there") }
        var complaints = LineSplitter(longest: 4096)
        var last = ""
        var failure: JudgeFailure?
        let due = MonotonicClock.now + timeout.inSeconds
        var killAt: Double?
        while true {
            var end = pollfd(fd: process.exit.number, events: Int16(POLLIN), revents: 0)
            poll(&end, 1, 25)
            // However much it complains, its time and its answer are looked at.
            for _ in 0..<Self.piecesPerTurn {
                let bytes = (try? process.errors.receive(atMost: 64 << 10, from: "a command")) ?? []
                if bytes.isEmpty { break }
                for line in complaints.add(bytes) where !line.isEmpty { last = String(decoding: line, as: UTF8.self) }
            }
            if end.revents != 0 { break }
            let now = MonotonicClock.now
            if failure == nil {
                failure = reason(answer, isLate: now >= due)
                if failure != nil {
                    process.signalGroup(SIGTERM)
                    killAt = now + Self.grace
                }
            }
            if let moment = killAt, now >= moment { process.signalGroup(SIGKILL) }
        }
        // What it left behind ends with it; its group's number is not given away before it is reaped.
        process.signalGroup(SIGKILL)
        let exit = process.reap() ?? .exited(0)
        WorkerFamily.ended(process.pid)
        if let failure { throw failure }
        guard exit == .exited(0) else {
            if let rest = complaints.finish(), !rest.isEmpty { last = String(decoding: rest, as: UTF8.self) }
            let said = last.isEmpty ? "" : ": \(Escaping.excerpt(last, limit: 200))"
            let end = exit.signalName.map { "was ended by \($0)" } ?? "ended with \(exit)"
            throw JudgeFailure("it \(end)\(said)")
        }
    }

    private func reason(_ answer: borrowing Descriptor, isLate: Bool) -> JudgeFailure? {
        if isCancelled() { return JudgeFailure("nobody wanted its answer any more") }
        if isLate { return JudgeFailure("it took longer than \(Int(timeout.inSeconds)) s") }
        let size = (try? answer.status("an answer").size) ?? 0
        return size > largest ? JudgeFailure("it wrote more than \(largest >> 10) KiB") : room.excess
    }
}
