internal import Glibc
internal import MomentsCore
internal import MomentsSettings

/// `momentsd --judge`: becomes the judge's command, as the service that reaches the network does.
enum JudgeProgram {
    /// Runs the command of a configuration on this process's standard streams.
    ///
    /// - Parameter file: The main configuration file; nil for the one of the system.
    /// - Returns: Only where that is not possible: why.
    static func become(_ file: FilePath?) -> String {
        let command: [String]
        do { command = try Settings.load(file).settings.judge.command } catch { return "\(error)" }
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        guard let program = words.first ?? nil else { return "[Judge] Command= names no program." }
        execvp(program, &words)
        return "[Judge] Command= begins with '\(Escaping.excerpt(command[0]))', which cannot be started: "
            + "\(String(cString: strerror(errno)))."
    }
}
