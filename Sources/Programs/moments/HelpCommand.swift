internal import FoundationEssentials
internal import MomentsCore

/// `moments help`: what there is to type; also for programs that make man pages and completions of it.
struct HelpCommand: Command {
    static let name = "help"
    static let help = CommandHelp(
        purpose: "tells more about a command",
        forms: ["[COMMAND]", "--json"],
        about: "Tells what the program can do, or one of its commands.",
        options: [Arguments.Option("--json", "all of it as JSON; man pages and completions are made of this")],
        exits: [.init(0, "it was done"), .init(2, "there is no such command")]
    )

    /// What the program can do, a line for each command.
    static var overview: String {
        var lines = [
            "moments: finds the best moments of videos, and makes a highlight reel, stills", "and data of them.", "",
            "Usage: moments COMMAND [OPTIONS]", "",
        ]
        for command in Program.commands { lines += TextFill.row("  " + command.name, command.help.purpose, at: 12) }
        lines += ["", "  COMMAND --help  tells more about a command", "  --version       the version"]
        return lines.joined(separator: "\n")
    }

    /// The table, as programs read it.
    private struct Document: Encodable {
        struct Command: Encodable {
            struct Option: Encodable {
                let name: String
                let letter: String?
                let value: String?
                let text: String
                let choices: [String]
            }
            struct Row: Encodable {
                let head: String
                let text: String
            }
            let name: String
            let purpose: String
            let forms: [String]
            let about: String
            let options: [Option]
            let notes: String
            let examples: [Row]
            let exits: [Row]
        }
        let version: String
        let commands: [Command]
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        if arguments.has("--json") {
            let document = Document(version: Version.text, commands: Program.commands.map(entry))
            Output.bytes((try? MomentsJSON.document(document)) ?? Data())
            return 0
        }
        guard let name = arguments.rest.first, arguments.rest.count == 1 else {
            guard arguments.rest.isEmpty else { throw Failure("moments help takes one command", code: .usage) }
            Output.line(overview)
            return 0
        }
        guard let command = Program.commands.first(where: { $0.name == name.text }) else {
            throw Failure("there is no command '\(Escaping.excerpt(name.text))'", code: .usage)
        }
        Output.line(command.help.text(of: command.name))
        return 0
    }

    private static func entry(_ command: any Command.Type) -> Document.Command {
        let help = command.help
        return Document.Command(
            name: command.name,
            purpose: help.purpose,
            forms: help.forms,
            about: help.about,
            options: (help.options + [Arguments.help]).map { option in
                Document.Command.Option(
                    name: option.name,
                    letter: option.letter.map(String.init),
                    value: option.value,
                    text: option.text,
                    choices: option.choices
                )
            },
            notes: help.notes,
            examples: help.examples.map { Document.Command.Row(head: $0.command, text: $0.text) },
            exits: help.exits.map { Document.Command.Row(head: "\($0.code)", text: $0.text) }
        )
    }
}
