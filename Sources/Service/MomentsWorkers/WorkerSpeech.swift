internal import FoundationEssentials
package import MomentsCore
internal import MomentsSystem

/// What a worker says, cut into events and complaints, and how much of it; pure.
///
/// The worker may be in the hands of whoever made the video: everything it can do more often, longer or faster than a
/// worker does has an end here.
package struct WorkerSpeech {
    /// What follows from a piece of speech.
    package enum Action: Hashable {
        /// Tell this event.
        case tell(JobEvent)
        /// Pass this line of its standard error on.
        case complain(String)
        /// Read no more of its output before this moment.
        case pause(until: Moment)
        /// Read no more of its standard error before this moment.
        case pauseErrors(until: Moment)
        /// It said more than a worker may: end it. The clause says of what.
        case end(String)
    }

    private let limits: WorkerLimits
    private var output: LineSplitter
    private var errors = LineSplitter(longest: 4096)
    private var (bytes, lines) = (0, 0)
    private var outputRate: SpeechRate
    private var errorRate: SpeechRate
    private var lastReport: Moment?
    private var complaintsLeft: Double
    private var lastComplaint: Moment
    private var left = 0
    private var isOver = false
    /// Its `completed` or `failed` event, once it came.
    package private(set) var last: JobEvent?
    /// The last lines of its standard error.
    package private(set) var complaints: [String] = []

    package init(_ limits: WorkerLimits, at now: Moment) {
        self.limits = limits
        output = LineSplitter(longest: limits.longestLine)
        outputRate = SpeechRate(bytes: limits.bytesPerSecond, lines: limits.linesPerSecond, at: now)
        errorRate = SpeechRate(bytes: limits.errorBytesPerSecond, at: now)
        lastComplaint = now
        complaintsLeft = Double(limits.complaintsAtOnce)
    }

    /// Takes a piece of its output.
    package mutating func hear(_ piece: [UInt8], at now: Moment) -> [Action] {
        bytes += piece.count
        let said = output.add(piece)
        let pause = outputRate.add(bytes: piece.count, lines: said.count, at: now)
        let actions = take(said, at: now)
        guard let pause, !isOver else { return actions }
        return actions + [.pause(until: pause)]
    }

    /// Takes the end of its output.
    package mutating func finish(at now: Moment) -> [Action] { take([output.finish()].compactMap { $0 }, at: now) }

    /// Takes a piece of its standard error.
    package mutating func hearErrors(_ piece: [UInt8], at now: Moment) -> [Action] {
        let said = errors.add(piece)
        let pause = errorRate.add(bytes: piece.count, lines: said.count, at: now)
        let actions = take(errors: said, at: now)
        guard let pause else { return actions }
        return actions + [.pauseErrors(until: pause)]
    }

    /// Takes the end of its standard error.
    package mutating func finishErrors(at now: Moment) -> [Action] {
        var actions = take(errors: [errors.finish()].compactMap { $0 }, at: now)
        if left > 0 { actions.append(.complain(leftOut())) }
        return actions
    }

    private mutating func take(_ said: [[UInt8]], at now: Moment) -> [Action] {
        guard !isOver else { return [] }
        lines += said.count
        if let excess {
            isOver = true
            return [.end(excess)]
        }
        var actions: [Action] = []
        for line in said {
            // A line that is no event may come from a newer worker, or from its launcher.
            guard let event = try? MomentsJSON.decode(JobEvent.self, from: Data(line)) else { continue }
            if let event = judge(event, at: now) { actions.append(.tell(event)) }
        }
        return actions
    }

    private var excess: String? {
        if output.dropped > 0 { return "a line of more than \(limits.longestLine >> 10) KiB" }
        if bytes > limits.bytesPerJob { return "more than \(limits.bytesPerJob >> 20) MiB" }
        return lines > limits.linesPerJob ? "more than \(limits.linesPerJob) lines" : nil
    }

    private mutating func judge(_ event: JobEvent, at now: Moment) -> JobEvent? {
        switch event {
        case .completed, .failed:
            last = event.cut(to: limits.longestText)
            return nil
        case .progress:
            if let lastReport, now < lastReport + limits.reportPause { return nil }
            lastReport = now
            return event
        default: return event.cut(to: limits.longestText)
        }
    }

    private mutating func take(errors said: [[UInt8]], at now: Moment) -> [Action] {
        let texts = said.filter { !$0.isEmpty }.map { Escaping.line(String(decoding: $0, as: UTF8.self)) }
        complaints = (complaints + texts).suffix(12)
        let earned = (now - lastComplaint).inSeconds * Double(limits.complaintsPerSecond)
        complaintsLeft = min(Double(limits.complaintsAtOnce), complaintsLeft + earned)
        lastComplaint = now
        var actions: [Action] = []
        for text in texts {
            guard complaintsLeft >= 1 else {
                left += 1
                continue
            }
            if left > 0 { actions.append(.complain(leftOut())) }
            complaintsLeft -= 1
            actions.append(.complain(text))
        }
        return actions
    }

    private mutating func leftOut() -> String {
        defer { left = 0 }
        return "(\(left) more lines are left out)"
    }
}

extension JobEvent {
    /// The same event with every text cut to so many bytes.
    fileprivate func cut(to longest: Int) -> JobEvent {
        switch self {
        case .note(let text): .note(text.cut(toBytes: longest))
        case .failed(let stage, let error): .failed(stage, error.cut(to: longest))
        case .started(let version, let pid, let sandbox):
            .started(
                version: version.cut(toBytes: 100),
                pid: pid,
                sandbox: sandbox.map { $0.cut(toBytes: longest) }
            )
        case .stageSkipped(let stage, let reason): .stageSkipped(stage, reason: reason.cut(toBytes: longest))
        case .media(let media): .media(media.cut(to: 100))
        case .transcript(let info): .transcript(info.cut(to: 300))
        case .taste(let info): .taste(info.cut(to: 200))
        case .transcribed(let failure):
            .transcribed(failure: failure.map { Escaping.line($0.cut(toBytes: longest)) })
        case .judged(let cost, let failure):
            .judged(cost: cost, failure: failure.map { Escaping.line($0.cut(toBytes: longest)) })
        default: self
        }
    }
}
