internal import MomentsCore
internal import MomentsSystem

/// One worker at one job: its process, its pipes, and what it has said so far.
///
/// It belongs to the supervisor's queue.
final class WorkerRun {
    /// Why a worker was told to stop.
    enum StopReason {
        /// The video was removed, or replaced by other content.
        case unwanted
        /// The service stops; the job is done again later.
        case shutdown
        /// There is no room for its result.
        case noRoom
        /// It said nothing for too long.
        case stalled
        /// The job is to be made anew, with other options.
        case superseded
    }

    let jobID: String
    /// The video when the worker was started.
    let source: FileStatus
    /// Where the video was when the worker was started.
    let firstPath: FilePath
    var path: FilePath
    var lastSign: Double
    var lastReport = 0.0
    /// The content of its video.
    var content: String?
    /// What was free in the outbox when it was started, in bytes.
    var freeAtStart: Int64 = 0
    private(set) var isSuspended = false
    var final: JobEvent?
    var stopReason: StopReason?
    /// When the worker is killed if it is still there.
    var killAt: Double?
    /// Whether the process has ended, and its result is on the way to the outbox or is being removed.
    var isOver = false
    /// The last lines of its standard error.
    private(set) var complaints: [String] = []

    private let process: ChildProcess
    private var lifeline: Descriptor?
    private var outputLines = LineSplitter(longest: 1 << 20)
    private var errorLines = LineSplitter(longest: 4096)
    private var sources: [ReadSource] = []

    init(_ process: consuming ChildProcess, jobID: String, path: FilePath, source: FileStatus, at now: Double) {
        self.jobID = jobID
        firstPath = path
        self.path = path
        self.source = source
        lastSign = now
        var process = process
        lifeline = process.takeInput()
        self.process = process
    }

    /// The descriptors to listen to: output, errors, end of the process.
    var descriptors: [CInt] { [process.output.number, process.errors.number, process.exit.number] }

    /// Keeps the sources that listen to the descriptors.
    func listen(_ sources: [ReadSource]) { self.sources = sources }

    /// Writes the job to the worker.
    func send(_ line: [UInt8]) {
        // A worker that does not read would block the writer: never on this queue, which others wait for.
        guard let pipe = try? lifeline?.duplicate() else { return }
        SerialQueue(label: "momentsd.send").async { try? pipe.write(line, to: "the worker's standard input") }
    }

    /// Suspends everything the worker runs, or lets it go on.
    func suspend(_ wanted: Bool, at now: Double) {
        guard wanted != isSuspended, !isOver, stopReason == nil else { return }
        isSuspended = wanted
        if !wanted { lastSign = now }
        process.signalGroup(wanted ? 19 : 18)
    }

    /// When it will have said nothing for too long, if it goes on saying nothing.
    func stallsAt(_ timeout: Double) -> Double {
        isSuspended || isOver || stopReason != nil ? .infinity : lastSign + timeout
    }

    /// Limits the memory of the worker.
    func limitMemory(to bytes: Int64) { process.limitMemory(to: bytes) }

    /// Tells the worker to stop: its lifeline ends, and it gets SIGTERM.
    func stop(_ reason: StopReason, killAt: Double) {
        guard stopReason == nil, !isOver else { return }
        stopReason = reason
        self.killAt = killAt
        lifeline = nil
        process.signalGroup(15)
        // A suspended one hears it only when it goes on.
        if isSuspended { process.signalGroup(18) }
        isSuspended = false
    }

    /// Ends the worker and everything it started.
    func kill() { process.signalGroup(9) }

    /// Lines of the output that are complete by now.
    func readOutput() -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while let bytes = Self.take(process.output) {
            lines += outputLines.add(bytes)
            if bytes.isEmpty {
                hush(0)
                return lines + [outputLines.finish()].compactMap { $0 }
            }
        }
        return lines
    }

    /// Lines of the standard error that are complete by now, made harmless.
    func readErrors() -> [String] {
        var lines: [[UInt8]] = []
        // A bounded number at a time: a worker that floods its standard error must not hold the queue.
        while lines.count < 1000, let bytes = Self.take(process.errors) {
            lines += errorLines.add(bytes)
            if bytes.isEmpty {
                hush(1)
                lines += [errorLines.finish()].compactMap { $0 }
                break
            }
        }
        let texts = lines.map { Escaping.line(String(decoding: $0, as: UTF8.self)) }
        complaints = (complaints + texts).suffix(12)
        return texts
    }

    /// What a stream has ready: nil for nothing yet, empty for its end, in whatever way it came.
    private static func take(_ stream: borrowing Descriptor) -> [UInt8]? {
        do { return try stream.receive(atMost: 64 << 10, from: "the worker") } catch { return [] }
    }

    /// Stops listening to a stream that has ended; it would be reported for ever.
    private func hush(_ index: Int) { if sources.indices.contains(index) { sources[index].cancel() } }

    /// How the process ended; call it only once its end is reported.
    func reap() -> ExitReason? {
        // What the worker left behind ends with it; its group's number is not given away before it is reaped.
        process.signalGroup(9)
        guard let reason = process.reap() else { return nil }
        for source in sources { source.cancel() }
        lifeline = nil
        return reason
    }
}
