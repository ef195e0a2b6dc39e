internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSettings

/// `moments styles`: the styles of clips there are, what each is like, and where it comes from.
struct StylesCommand: Command {
    static let name = "styles"
    static let help = CommandHelp(
        purpose: "the styles of clips there are, and where each comes from",
        forms: ["[NAME…] [--config FILE] [--json]"],
        about: """
            Lists the styles of product clips and stories: those that are built in, and over them the files of
            /usr/share/momentsd/styles and of the styles folder beside the configuration ([Folders] Styles=), with the
            words and values of each file. A style is chosen by a request or a story ({"style": "modern"}), by a preset, or
            by [Highlight] Style= for all clips that name none. A new style is a copy of one that ships, under another
            name, with other values.
            """,
        options: [
            Arguments.Option("--config", value: "FILE", "a configuration (default: /etc/momentsd/momentsd.conf)"),
            Arguments.Option("--json", "each style with its words, its file and all of its values"),
        ],
        examples: [.init("moments styles energetic --json", "every value of the style energetic")]
    )

    /// A style as programs see it.
    private struct Entry: Encodable {
        let name: StyleName
        let text: String
        let file: FilePath?
        let isDefault: Bool
        let reason: String?
        let values: ClipStyle?

        private enum CodingKeys: String, CodingKey {
            case name
            case text
            case file
            case isDefault = "default"
            case reason
            case values
        }
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let settings: Settings
        do { settings = try Settings.load(arguments.path("--config")).settings } catch { throw Failure("\(error)") }
        let known = settings.styles.entries
        for name in arguments.rest where !known.contains(where: { $0.name.rawValue == name.text }) {
            let there = known.map { Escaping.line($0.name.rawValue) }.joined(separator: ", ")
            throw Failure("there is no style '\(Escaping.excerpt(name.text))'; there are \(there)")
        }
        let names = arguments.rest.map(\.text)
        let wanted = known.filter { names.isEmpty || names.contains($0.name.rawValue) }
        if arguments.has("--json") {
            let entries = wanted.map { style in
                Entry(
                    name: style.name,
                    text: text(of: style),
                    file: style.file,
                    isDefault: style.name == settings.options.style,
                    reason: style.trouble,
                    values: style.style
                )
            }
            Output.bytes((try? MomentsJSON.document(entries)) ?? Data())
            return 0
        }
        for style in wanted { tell(of: style, isDefault: style.name == settings.options.style) }
        return 0
    }

    private static func tell(of style: StyleEntry, isDefault: Bool) {
        let name = Words.column(Escaping.line(style.name.rawValue), 18)
        let source = style.file.map(\.display) ?? "built in"
        let lines = [
            text(of: style), source + (isDefault ? ", for all clips that name no style" : ""),
            style.trouble.map { "cannot be used: \(Escaping.line($0))" },
            style.file.map { ConfFile($0).values.joined(separator: " ") },
        ]
        let told = lines.compactMap { $0 }.filter { !$0.isEmpty }
        for (number, line) in told.enumerated() {
            for line in TextFill.row(number == 0 ? name : "", line, at: 20) { Output.line(line) }
        }
    }

    /// What its file begins with; of one that has no words, or no file, what its name stands for.
    private static func text(of style: StyleEntry) -> String {
        let text = style.file.map { ConfFile($0).text } ?? ""
        return text.isEmpty ? ClipFlavour(rawValue: style.name.rawValue)?.purpose ?? "" : text
    }
}
