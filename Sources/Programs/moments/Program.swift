internal import MomentsCore

/// The program: finds the command a line of words names, and does it.
enum Program {
    /// Every command, in the order in which people are told of them.
    static let commands: [any Command.Type] = [
        RunCommand.self, StatusCommand.self, JobsCommand.self, ShowCommand.self, EventsCommand.self,
        RetryCommand.self, CancelCommand.self, RerenderCommand.self, AlbumCommand.self, TasteCommand.self,
        PresetsCommand.self, StylesCommand.self,
        DoctorCommand.self, ExplainCommand.self, BenchCommand.self, ModelsCommand.self, HelpCommand.self,
    ]

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
        guard let word = words.first, word != "--help", word != "-h" else {
            Output.line(HelpCommand.overview)
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
        do { arguments = try Arguments(Array(words.dropFirst()), options: command.help.options) } catch {
            return complain(error.reason, about: command.name)
        }
        if arguments.has("--help") {
            Output.line(command.help.text(of: command.name))
            return 0
        }
        do { return try command.run(arguments) } catch {
            if error.code == .usage { return complain(error.reason, about: command.name) }
            Output.complain("moments: " + Escaping.line(error.reason))
            return error.code.rawValue
        }
    }
}
