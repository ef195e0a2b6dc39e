internal import Dispatch
internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import Synchronization

/// The pipe to whoever wants the job: answers come in by it, and its end is the wish to stop.
final class Lifeline: Sendable {
    private let stop: StopSwitch
    private let replies = Mutex<[JudgeReply]>([])
    private let transcripts = Mutex<[TranscriptReply]>([])
    private let arrival = DispatchSemaphore(value: 0)

    /// The longest answer, in bytes.
    private static let longest = 4 << 20

    /// Listens to a descriptor.
    init(_ descriptor: Int32, _ stop: StopSwitch) {
        self.stop = stop
        // A thread of its own: a read that waits for the job's whole life must not hold one of a shared pool.
        DispatchQueue(label: "momentsd.worker.lifeline").async { [self] in listen(descriptor) }
    }

    /// Waits for the next answer.
    ///
    /// - Returns: The answer; nil once the job is to stop.
    func next() -> JudgeReply? {
        while !stop.interrupt.isRequested {
            if let reply = replies.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return reply }
            _ = arrival.wait(timeout: .now() + .milliseconds(200))
        }
        return nil
    }

    /// Waits for what is said in the job's recording.
    ///
    /// - Returns: The answer; nil once the job is to stop.
    func transcript() -> TranscriptReply? {
        while !stop.interrupt.isRequested {
            if let reply = transcripts.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return reply }
            _ = arrival.wait(timeout: .now() + .milliseconds(200))
        }
        return nil
    }

    private func listen(_ descriptor: Int32) {
        var splitter = LineSplitter(longest: Self.longest)
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got = read(descriptor, &buffer, buffer.count)
            if got < 0, errno == EINTR { continue }
            if got <= 0 { return stop.press() }
            for line in splitter.add(Array(buffer[..<got])) {
                if let reply = try? MomentsJSON.decode(JudgeReply.self, from: Data(line)) {
                    replies.withLock { $0.append(reply) }
                } else if let reply = try? MomentsJSON.decode(TranscriptReply.self, from: Data(line)) {
                    transcripts.withLock { $0.append(reply) }
                } else {
                    continue
                }
                arrival.signal()
            }
        }
    }
}
