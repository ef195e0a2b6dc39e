internal import Dispatch
internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Runs a program of this package as a person would.
public struct BuiltProgram: Sendable {
    /// How a run ended.
    public struct Run: Sendable {
        /// The process's end.
        public let exit: ExitReason
        /// Its standard output.
        public let output: String
        /// Its standard error.
        public let errors: String
    }

    /// The program's file, beside the test's own.
    public let path: FilePath

    /// Names a program of this package.
    public init(_ name: String) throws {
        path = try Folder.resolved("/proc/self/exe").parent.appending(name)
    }

    /// Runs the program to its end; blocks a thread of its own, not one of the tests'.
    ///
    /// - Parameters:
    ///   - arguments: The words behind its name.
    ///   - environment: NAME=VALUE besides PATH.
    ///   - search: The folders other programs are found in, as in PATH.
    ///   - interruptedAfter: Seconds after which it gets SIGINT.
    ///   - limit: Seconds after which it is killed, so that one that hangs does not hang its test.
    /// - Returns: How it ended, and what it said.
    /// - Throws: `SystemError` when it cannot be started.
    public func run(
        _ arguments: [FilePath],
        environment: [String] = [],
        search: String = "/usr/bin:/bin",
        interruptedAfter: Double? = nil,
        limit: Double = 30
    ) async throws -> Run {
        let environment = ["PATH=\(search)"] + environment
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try start(arguments, environment, interruptedAfter, limit) })
            }
        }
    }

    private func start(
        _ arguments: [FilePath],
        _ environment: [String],
        _ interruptedAfter: Double?,
        _ limit: Double
    ) throws -> Run {
        var process = try ChildProcess([path] + arguments, environment: environment)
        _ = process.takeInput()
        var (output, errors): ([UInt8], [UInt8]) = ([], [])
        let began = MonotonicClock.now
        var interruption = interruptedAfter
        while true {
            let numbers = [process.exit.number, process.output.number, process.errors.number]
            var polls = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&polls, 3, 20)
            output += Self.read(process.output)
            errors += Self.read(process.errors)
            if let seconds = interruption, MonotonicClock.now - began >= seconds {
                interruption = nil
                process.signalGroup(SIGINT)
            }
            if MonotonicClock.now - began > limit { process.signalGroup(SIGKILL) }
            if polls[0].revents != 0, let exit = process.reap() {
                output += Self.read(process.output)
                errors += Self.read(process.errors)
                let texts = (String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
                return Run(exit: exit, output: texts.0, errors: texts.1)
            }
        }
    }

    private static func read(_ pipe: borrowing Descriptor) -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try? pipe.receive(atMost: 64 << 10, from: "a program"), !more.isEmpty { bytes += more }
        return bytes
    }
}
