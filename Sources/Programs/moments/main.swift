internal import Glibc
internal import MomentsCore

private let commands: [any Command.Type] = [
    RunCommand.self, StatusCommand.self, JobsCommand.self, ShowCommand.self, EventsCommand.self,
]

private let overview = """
    moments: finds the best moments of videos, and makes a highlight reel, stills and data of them.

    Usage: moments COMMAND [OPTIONS]

      run FILE… -o FOLDER   makes the highlights of files here and now, without a daemon
      status                how the daemon is, and what it is at
      jobs                  the jobs the daemon knows
      show FILE|ID          all that is known of one video
      events                follows what happens

      COMMAND --help        tells more about a command
      --version             the version

    """

private func complain(_ reason: String, about command: String?) -> Int32 {
    Output.complain("moments: " + Escaping.line(reason))
    let help = command.map { "moments \($0) --help" } ?? "moments --help"
    Output.complain("Try: \(help)")
    return Failure.Code.usage.rawValue
}

private func run(_ words: [FilePath]) -> Int32 {
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

// A reader that is gone is noticed by the write that fails.
signal(SIGPIPE, SIG_IGN)
// The words as they are: the standard library's own list replaces what is not UTF-8.
private let words = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
    CommandLine.unsafeArgv[index].map { word in
        FilePath(bytes: UnsafeBufferPointer(start: word, count: strlen(word)).map { UInt8(bitPattern: $0) })
    }
}
exit(run(words))
