internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// The daemon's program: reads its arguments, then runs the daemon until it is told to stop.
@main
struct Momentsd {
    static func main() {
        let arguments: Arguments
        do { arguments = try Arguments(CommandLine.arguments.dropFirst()) } catch {
            complain("\(error)\n\n\(Arguments.usage)")
            exit(2)
        }
        switch arguments.action {
        case .help: say(Arguments.usage)
        case .version: say("momentsd \(Version.text)")
        case .check: check(arguments.configuration)
        case .hooks: runHooks(arguments.configuration)
        case .judge:
            complain(JudgeProgram.become(arguments.configuration))
            exit(ExitCode.configuration)
        case .run: run(arguments.configuration)
        }
    }

    private static func run(_ configuration: FilePath?) -> Never {
        let signals: Signals
        do { signals = try Signals() } catch {
            complain("\(error)")
            exit(ExitCode.failure)
        }
        // Not on Swift's pool, whose threads are Dispatch's: an idle service is not to wake up every second.
        Task.detached(executorPreference: TaskThread(label: "momentsd.main")) {
            exit(await Daemon.run(configuration: configuration, signals))
        }
        while true { pause() }
    }

    private static func runHooks(_ configuration: FilePath?) -> Never {
        let signals: Signals
        do { signals = try Signals() } catch {
            complain("\(error)")
            exit(ExitCode.failure)
        }
        exit(Hooks.run(configuration: configuration, signals))
    }

    /// Reads the configuration as the daemon would, says what is wrong with it and with what it names, and ends.
    private static func check(_ file: FilePath?) {
        let (settings, notes, mistakes) = Settings.inspect(file)
        for note in notes { complain(note) }
        var problems = (mistakes + settings.styles.mistakes).map { "\($0)" }
        do { try FolderRules.check(settings) } catch { problems.append("\(error)") }
        problems += Installation.problems(settings)
        for problem in problems { complain(problem) }
        if !problems.isEmpty { exit(ExitCode.configuration) }
        for gap in Sandbox.offered.gaps { complain("note: \(gap)") }
        let but = notes.isEmpty ? "" : ", but for what is ignored"
        say("The configuration is in order\(but): inbox \(settings.folders.inbox), outbox \(settings.folders.outbox).")
    }

    private static func say(_ text: String) { put(text, to: 1) }

    private static func complain(_ text: String) { put(text, to: 2) }

    private static func put(_ text: String, to stream: CInt) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
    }
}
