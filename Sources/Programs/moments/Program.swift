internal import MomentsCore

/// The program: finds the command a line of words names, and does it.
enum Program {
    private static let commands: [any Command.Type] = [
        RunCommand.self, StatusCommand.self, JobsCommand.self, ShowCommand.self, EventsCommand.self,
        RetryCommand.self, CancelCommand.self, RerenderCommand.self, ExplainCommand.self, BenchCommand.self,
        ModelsCommand.self,
    ]

    private static let overview = """
        moments: finds the best moments of videos, and makes a highlight reel, stills and data of them.

        Usage: moments COMMAND [OPTIONS]

          run FILE… -o FOLDER   makes the highlights of files here and now, without a daemon
          status                how the daemon is, and what it is at
          jobs                  the jobs the daemon knows
          show FILE|ID          all that is known of one video
          events                follows what happens
          retry FILE…           does videos again: one, several, or --all-failed
          cancel FILE…          ends jobs while their videos stay
          rerender FILE         another reel of a video: pin and ban moments, or change the length
          explain FILE          why the choice of a video is what it is, second by second, as CSV
          models                models that find people and faces: which there are, and how to get them
          bench FILE…           measures speed beside ffmpeg's decoding, or accuracy on a corpus

          COMMAND --help        tells more about a command
          --version             the version

        """

    private static func complain(_ reason: String, about command: String?) -> Int32 {
        Output.complain("moments: " + Escaping.line(reason))
        let help = command.map { "moments \($0) --help" } ?? "moments --help"
        Output.complain("Try: \(help)")
        return Failure.Code.usage.rawValue
    }

    /// Does what the words say.
    ///
    /// - Parameter words: The words behind the program's name.
    /// - Returns: The exit status.
    static func run(_ words: [FilePath]) -> Int32 {
        guard let word = words.first, word != "--help", word != "-h", word != "help" else {
            Output.bytes(overview.utf8)
            return words.isEmpty ? Failure.Code.usage.rawValue : 0
        }
        if word == "--version" {
            Output.line("moments \(Version.text)")
            return 0
        }
        guard let command = commands.first(where: { $0.name == word.text }) else {
            return complain("there is no command '\(Escaping.excerpt(word.text))'", about: nil)
        }
        let arguments: Arguments
        do { arguments = try Arguments(Array(words.dropFirst()), options: command.options) } catch {
            return complain(error.reason, about: command.name)
        }
        if arguments.has("--help") {
            Output.line(command.help)
            return 0
        }
        do { return try command.run(arguments) } catch {
            if error.code == .usage { return complain(error.reason, about: command.name) }
            Output.complain("moments: " + Escaping.line(error.reason))
            return error.code.rawValue
        }
    }
}
