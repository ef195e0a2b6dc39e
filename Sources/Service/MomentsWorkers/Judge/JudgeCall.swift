internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// One question to a judge that another service runs, over that one's socket.
struct JudgeCall {
    let socket: FilePath
    let timeout: Duration
    /// Whether nobody wants the answer any more.
    let isCancelled: () -> Bool

    /// Asks.
    ///
    /// - Parameters:
    ///   - question: What is sent; its end is told by closing that half of the connection.
    ///   - answer: The file what comes back is written to.
    /// - Throws: `JudgeFailure` where nobody answers, or not in time.
    func run(_ question: some Collection<UInt8>, writing answer: borrowing Descriptor) throws(JudgeFailure) {
        let due = MonotonicClock.now + timeout.inSeconds
        do {
            let connection = try UnixSocket.connect(socket, timeout: timeout.inSeconds)
            try connection.write(question, to: socket)
            _ = shutdown(connection.number, CInt(SHUT_WR))
            var count = 0
            while true {
                if isCancelled() { throw JudgeFailure("nobody wanted its answer any more") }
                if MonotonicClock.now >= due { throw JudgeFailure("it took longer than \(Int(timeout.inSeconds)) s") }
                var news = pollfd(fd: connection.number, events: Int16(POLLIN), revents: 0)
                guard poll(&news, 1, 100) > 0, let bytes = try connection.receive(atMost: 64 << 10, from: socket) else {
                    continue
                }
                if bytes.isEmpty { return }
                count += bytes.count
                guard count <= JudgeAnswer.largest else {
                    throw JudgeFailure("it wrote more than \(JudgeAnswer.largest >> 10) KiB")
                }
                try answer.write(bytes, to: "an answer")
            }
        } catch let failure as JudgeFailure { throw failure } catch {
            throw JudgeFailure("its service cannot be asked (\(error)); is momentsd-judge.socket started?")
        }
    }
}
