internal import Glibc
internal import MomentsCore
internal import MomentsHooks
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsSystemd

/// `momentsd --hooks`: runs the hooks that wait, as a process of its own.
enum Hooks {
    /// Runs them until nothing waits, or until it is told to stop.
    ///
    /// - Parameters:
    ///   - file: The main configuration file; nil for the one of the system.
    ///   - signals: What it is told from outside.
    /// - Returns: The program's exit status.
    static func run(configuration file: FilePath?, _ signals: Signals) -> CInt {
        let journal = Journal(identifier: "momentsd-hook")
        do {
            let settings = try Settings.load(file).settings
            let commands = HookCommands(settings.hooks.commands, timeLimit: settings.hooks.timeLimit)
            let stop = try Pipe()
            let number = stop.writer.number
            Task.detached {
                for await wish in signals.wishes where wish == .stop {
                    var byte: UInt8 = 0
                    _ = write(number, &byte, 1)
                }
            }
            try HookRunner(HookSpool(state: settings.folders.state), commands) { text, isFailure in
                journal.write(text, kind: isFailure ? .hookFailed : nil)
            }.run(until: stop.reader)
            return 0
        } catch let error as SettingsError {
            journal.write("\(error)", kind: .problem)
            return ExitCode.configuration
        } catch {
            journal.write("\(error)", kind: .problem)
            return ExitCode.failure
        }
    }
}
