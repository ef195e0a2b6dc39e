internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// `moments presets`: the presets there are, and what each is for.
struct PresetsCommand: Command {
    static let name = "presets"
    static let help = CommandHelp(
        purpose: "the presets there are, and what each is for",
        forms: ["[NAME…] [--config FILE] [--json]", "--folders [NAME…] [--config FILE] [--json]"],
        about: """
            Lists the presets of the configuration, with the words and values of their files. A preset is chosen by the
            first-level folder of the inbox that has its name, by a request ({"preset": "sport"}), by [Highlight] Preset=
            for all videos, or by moments run --preset.
            """,
        options: [
            Arguments.Option("--folders", "makes a folder in the inbox for each preset, or for those that are named"),
            Arguments.Option("--config", value: "FILE", "a configuration (default: /etc/momentsd/momentsd.conf)"),
            Arguments.Option(
                "--json",
                "each preset with its words and all options it amounts to; with --folders, an object a line"
            ),
        ],
        examples: [.init("sudo moments presets --folders sport talk", "what is dropped into inbox/sport is sport")]
    )

    /// A preset as programs see it.
    private struct Entry: Encodable {
        let name: String
        let text: String
        let options: JobOptions
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let settings: Settings
        do { settings = try Settings.load(arguments.path("--config")).settings } catch { throw Failure("\(error)") }
        let known = settings.presetNames()
        for name in arguments.rest where !known.contains(name.text) {
            let there = known.isEmpty ? "there are none" : "there are " + known.joined(separator: ", ")
            throw Failure("there is no preset '\(Escaping.excerpt(name.text))'; \(there)")
        }
        let names = arguments.rest.isEmpty ? known : arguments.rest.map(\.text)
        if arguments.has("--folders") { return try makeFolders(names, in: settings.folders.inbox, Doing(arguments)) }
        let files = names.map { ConfFile(settings.folders.presets.appending(FilePath($0 + ".conf"))) }
        if arguments.has("--json") {
            let entries = zip(names, files).compactMap { name, file in
                settings.options(ofPreset: name).map { Entry(name: name, text: file.text, options: $0) }
            }
            Output.bytes((try? MomentsJSON.document(entries)) ?? Data())
            return 0
        }
        for (name, file) in zip(names, files) {
            let lines = TextFill.row(Words.column(Escaping.line(name), 18), file.text, at: 20)
            for line in lines.isEmpty ? [Escaping.line(name)] : lines { Output.line(line) }
            for line in TextFill.row("", file.values.joined(separator: " "), at: 20) { Output.line(line) }
        }
        if names.isEmpty { Output.line("there are no presets in \(settings.folders.presets.display)") }
        return 0
    }

    /// Makes what selects a preset, with the rights that the inbox has.
    private static func makeFolders(
        _ names: [String],
        in inbox: FilePath,
        _ doing: Doing
    ) throws(Failure) -> Int32 {
        guard let rights = Access(inbox) else {
            throw Failure("the inbox \(inbox.display) is not there; start momentsd, or make it")
        }
        for name in names {
            let folder = inbox.appending(FilePath(name))
            if (try? FileStatus.of(folder).kind) == .folder {
                doing.done(folder, "there", "\(folder.display) is there")
                continue
            }
            do { try Folder.make(folder, mode: rights.mode) } catch { throw Failure("\(error)") }
            // The mask of whoever types this does not count, nor does who that is.
            let isOurs = geteuid() != 0 || chown(folder.text, rights.owner, rights.group) == 0
            guard isOurs, chmod(folder.text, rights.mode) == 0 else {
                throw Failure("\(folder.display) does not get the inbox's rights: \(String(cString: strerror(errno)))")
            }
            doing.done(folder, "made", "\(folder.display) is made")
        }
        return 0
    }
}
