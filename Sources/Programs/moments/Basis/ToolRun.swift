internal import Glibc
internal import MomentsCore
internal import MomentsSystem
import MomentsWorkers

/// Somebody else's program, run to its end.
struct ToolRun {
    /// Everything it wrote to its standard output.
    let output: [UInt8]
    /// Whether it ended with 0.
    let hasSucceeded: Bool
    /// What it complained of, or else how it ended; for one line.
    let complaint: String
    /// What it cost.
    let cost: BenchCost

    /// Its standard output as text.
    var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - words: The program and its arguments.
    ///   - interruption: Ends it.
    ///   - advice: What to do where it cannot be started.
    /// - Returns: What came of it, whatever its status.
    /// - Throws: `Failure` where it cannot be started, or after an interruption.
    static func run(
        _ words: [FilePath],
        _ interruption: Interruption,
        orElse advice: String
    ) throws(Failure) -> ToolRun {
        let began = MonotonicClock.now
        var process: ChildProcess
        do { process = try ChildProcess(words, environment: WorkerEnvironment.whole) } catch {
            throw Failure("\(words[0].display) cannot be started (\(error.reason)): \(advice)")
        }
        _ = process.takeInput()
        var (output, errors): ([UInt8], [UInt8]) = ([], [])
        var isOpen = (output: true, errors: true)
        while true {
            // A stream that has ended would stay readable.
            let numbers = [
                process.exit.number, isOpen.output ? process.output.number : -1,
                isOpen.errors ? process.errors.number : -1, interruption.descriptor,
            ]
            var polls = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&polls, nfds_t(polls.count), 1000)
            isOpen.output = read(process.output, to: &output)
            isOpen.errors = read(process.errors, to: &errors)
            errors = errors.suffix(4096)
            if interruption.happened {
                process.signalGroup(SIGKILL)
                usleep(10_000)
            }
            guard polls[0].revents != 0 else { continue }
            // What it may have started ends with it, as long as the number is still its own.
            process.signalGroup(SIGKILL)
            guard let end = process.reapWithUsage() else { continue }
            if interruption.happened { throw Failure("interrupted") }
            _ = read(process.output, to: &output)
            _ = read(process.errors, to: &errors)
            let words = String(decoding: errors, as: UTF8.self)
            return ToolRun(
                output: output,
                hasSucceeded: end.reason == .exited(0),
                complaint: Escaping.line(words.isEmpty ? "\(end.reason)" : String(words.suffix(300))),
                cost: BenchCost(wall: MonotonicClock.now - began, processor: end.usage.processorSeconds)
            )
        }
    }

    /// Takes what a pipe has; false when it has ended.
    private static func read(_ pipe: borrowing Descriptor, to bytes: inout [UInt8]) -> Bool {
        while true {
            do {
                guard let more = try pipe.receive(atMost: 256 << 10, from: "a program") else { return true }
                if more.isEmpty { return false }
                bytes += more
            } catch { return false }
        }
    }
}
