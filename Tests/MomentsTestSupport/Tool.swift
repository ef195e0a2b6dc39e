internal import Foundation

/// Runs other people's programs, whose word the tests take.
public struct Tool: Sendable {
    /// What a program left behind.
    public struct Outcome: Sendable {
        /// The exit status; 128 + N for signal N.
        public let status: Int
        /// Everything it wrote to its standard output.
        public let output: String
        /// Everything it wrote to its standard error.
        public let errors: String
    }

    /// A program that could not do what the test asked for.
    public struct Failure: Error, CustomStringConvertible {
        /// What was run, and what it said.
        public let description: String
    }

    /// Runs a program found in PATH and waits for it.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - arguments: Its arguments.
    ///   - input: What it reads from its standard input.
    /// - Returns: What came of it, whatever its status.
    /// - Throws: What kept it from starting.
    public static func outcome(_ program: String, _ arguments: [String], input: String = "") throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: a full pipe that nobody reads would stop the program.
        let names = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
        try Data(input.utf8).write(to: names[0])
        for name in names[1...] { try Data().write(to: name) }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        let status = Int(process.terminationStatus)
        return Outcome(
            status: process.terminationReason == .exit ? status : 128 + status,
            output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self)
        )
    }

    /// Runs a program that must succeed.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - arguments: Its arguments.
    /// - Returns: Its standard output without the last line break.
    /// - Throws: `Failure` with what it said.
    @discardableResult
    public static func run(_ program: String, _ arguments: [String]) throws -> String {
        let outcome = try outcome(program, arguments)
        guard outcome.status == 0 else {
            throw Failure(description: "\(program) \(arguments) ended with \(outcome.status): \(outcome.errors)")
        }
        return outcome.output.hasSuffix("\n") ? String(outcome.output.dropLast()) : outcome.output
    }
}
