internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// `ffmpeg -i FILE -f null -`: the time it takes to decode all of a video and do nothing with it.
enum PlainDecode {
    /// Decodes.
    ///
    /// - Parameters:
    ///   - file: The video, as an absolute path.
    ///   - interruption: Ends it.
    /// - Returns: What it cost.
    /// - Throws: `Failure` where there is no ffmpeg, where it failed, or after an interruption.
    static func run(_ file: FilePath, _ interruption: Interruption) throws(Failure) -> BenchCost {
        let words: [FilePath] = ["ffmpeg", "-nostdin", "-v", "error", "-i", file, "-f", "null", "-"]
        let began = MonotonicClock.now
        var process: ChildProcess
        do { process = try ChildProcess(words, environment: ForegroundWorker.environment) } catch {
            throw Failure(
                "ffmpeg cannot be started (\(error.reason)): install it (apt-get install ffmpeg), or measure the job alone "
                    + "with --without-ffmpeg"
            )
        }
        _ = process.takeInput()
        var complaint = ""
        while true {
            var polls = [process.exit.number, process.output.number, process.errors.number, interruption.descriptor]
                .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // A stream that has ended stays readable, and the process is about to end then.
            poll(&polls, nfds_t(polls.count), complaint.isEmpty ? 1000 : 10)
            _ = read(process.output)
            complaint = String((complaint + read(process.errors)).prefix(300))
            if interruption.happened { process.signalGroup(SIGKILL) }
            guard polls[0].revents != 0, let end = process.reapWithUsage() else { continue }
            if interruption.happened { throw Failure("interrupted") }
            guard end.reason == .exited(0) else {
                let reason = Escaping.line(complaint.isEmpty ? "\(end.reason)" : complaint)
                throw Failure("ffmpeg cannot decode '\(file.display)': \(reason)")
            }
            return BenchCost(wall: MonotonicClock.now - began, processor: end.usage.processorSeconds)
        }
    }

    private static func read(_ pipe: borrowing Descriptor) -> String {
        var bytes: [UInt8] = []
        while let more = try? pipe.receive(atMost: 64 << 10, from: "ffmpeg"), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }
}
