/// What people are told about a command: the one table behind `--help`, the man page and the shells' completions.
struct CommandHelp: Sendable {
    /// A line to type, and what it does.
    struct Example: Sendable {
        let command: String
        let text: String

        init(_ command: String, _ text: String) {
            self.command = command
            self.text = text
        }
    }

    /// What its exit status means.
    struct Exit: Sendable {
        let code: Int32
        let text: String

        init(_ code: Int32, _ text: String) {
            self.code = code
            self.text = text
        }

        /// Of a command that says nothing else.
        static let ordinary = [
            Exit(0, "it was done"), Exit(1, "it could not be done"), Exit(2, "the words were wrong"),
        ]
    }

    /// What it does, in a few words.
    let purpose: String
    /// The words behind its name, a form each.
    let forms: [String]
    /// What it does: paragraphs, between blank lines; what is indented stays as it is.
    let about: String
    /// The options it knows, besides `--help`.
    var options: [Arguments.Option] = []
    /// What is to be said behind the options, in the form of `about`.
    var notes = ""
    /// Lines to type.
    var examples: [Example] = []
    /// What its exit status means.
    var exits = Exit.ordinary

    /// The text that `--help` shows, at most 79 characters wide.
    ///
    /// - Parameter name: The command's name.
    /// - Returns: The text, without a line break at its end.
    func text(of name: String) -> String {
        var lines = forms.enumerated().map { index, form in
            (index == 0 ? "Usage: " : "       ") + "moments \(name)" + (form.isEmpty ? "" : " " + form)
        }
        lines += [""] + TextFill.lines(about)
        let rows = options + [Arguments.help]
        let heads = rows.map(Self.head)
        let width = min(26, (heads.map(\.count).max() ?? 0) + 3)
        lines.append("")
        for (row, head) in zip(rows, heads) { lines += TextFill.row("  " + head, row.text, at: width + 2) }
        if !notes.isEmpty { lines += [""] + TextFill.lines(notes) }
        if !examples.isEmpty { lines += ["", "Examples:"] }
        for example in examples { lines += ["  " + example.command] + TextFill.row("", example.text, at: 6) }
        lines += ["", "Exit status:"]
        for exit in exits { lines += TextFill.row("  \(exit.code)", exit.text, at: 5) }
        return lines.joined(separator: "\n")
    }

    private static func head(_ option: Arguments.Option) -> String {
        (option.letter.map { "-\($0), " } ?? "") + option.name + (option.value.map { " " + $0 } ?? "")
    }
}
