internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// `moments taste`: what was learnt from people's edits, and what it changes.
struct TasteCommand: Command {
    static let name = "taste"
    static let help = CommandHelp(
        purpose: "what is learnt from edits: shows, explains, exports, imports and forgets it",
        forms: [
            "[show] [FOLDER…] [--preset NAME] [--json]", "why FILE… [--json]", "reset FOLDER… [--preset NAME] [--json]",
            "export FOLDER [--preset NAME] [--anonymous]", "import FOLDER FILE [--preset NAME] [--json]",
        ],
        about: """
            Whoever pins, bans, moves or replaces shots of a reel says what that person would rather see. The service
            learns from that what each signal counts for the reels of the same first-level folder of the inbox, or of the
            same preset ([Highlight] Learn=). Only requests of the one who owns that folder count.

              show       what was learnt of each folder, and what it changes
              why        which taste chose the reel of FILE, a video in the inbox, and
                         what its own edits taught
              reset      forgets all that was learnt of a folder
              export     writes the judgments to the standard output, one JSON object a
                         line; moments bench --judged takes them as truth
              import     adds judgments that were exported

            FOLDER is a folder of the inbox, by its path or its name, or "." for the inbox itself. What is learnt lies in
            the state folder: run it as root, or as the service's user.
            """,
        options: [
            Arguments.Option("--preset", value: "NAME", "of a preset's reels, instead of a folder's"),
            Arguments.Option("--anonymous", "leaves out the videos' names"),
            Arguments.Option("--config", value: "FILE", "a configuration (default: /etc/momentsd/momentsd.conf)"),
            Arguments.Option("--json", "an object a line, as JSON"),
        ],
        examples: [
            .init("sudo moments taste show", "everything that was learnt"),
            .init("sudo moments taste export alice > alice.jsonl", "what Alice's edits taught"),
        ]
    )

    /// What was learnt of one subject, as programs see it.
    private struct Line: Encodable {
        let subject: String
        let edits: Int
        let judgments: Int
        let version: String
        let weights: [String: Double]
        let changes: [String]
        let trouble: String?
    }

    /// A video's taste, as programs see it.
    private struct Reason: Encodable {
        let file: String
        let taste: TasteInfo?
        let taught: [Judgment]
    }

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let settings: Settings
        do { settings = try Settings.load(arguments.path("--config")).settings } catch { throw Failure("\(error)") }
        let folder = settings.folders.state.appending("taste")
        do { _ = try Folder.names(in: folder) } catch {
            // Nobody is to think that nothing was learnt.
            if !error.isMissing { throw Failure("\(error); run it as root, or as the service's user") }
        }
        let call = Call(
            store: TasteStore(folder: folder),
            words: Array(arguments.rest.dropFirst()),
            arguments: arguments,
            settings: settings
        )
        switch arguments.rest.first?.text ?? "show" {
        case "show": try show(call)
        case "why": try why(call)
        case "reset": try reset(call)
        case "export": try export(call)
        case "import": try add(call)
        case let word:
            throw Failure(
                "'\(Escaping.excerpt(word))' is none of show, why, reset, export and import",
                code: .usage
            )
        }
        return 0
    }

    /// What is wanted of which tastes.
    private struct Call {
        let store: TasteStore
        /// The words behind that of what to do.
        let words: [FilePath]
        let arguments: Arguments
        let settings: Settings

        var isJSON: Bool { arguments.has("--json") }

        /// Whose tastes the words name; all of them by default.
        func subjects(_ words: [FilePath]? = nil) throws(Failure) -> [TasteSubject] {
            try TasteCommand.subjects(words ?? self.words, arguments, settings)
        }
    }

    private static func show(_ call: Call) throws(Failure) {
        let named = try call.subjects()
        show(named.isEmpty ? call.store.subjects() : named, call.store, asJSON: call.isJSON)
    }

    private static func why(_ call: Call) throws(Failure) {
        guard !call.words.isEmpty else { throw Failure("which video? name one", code: .usage) }
        for word in call.words { try why(word, call.store, asJSON: call.isJSON) }
    }

    private static func reset(_ call: Call) throws(Failure) {
        let named = try call.subjects()
        guard !named.isEmpty else { throw Failure("whose taste? name a folder, or --preset", code: .usage) }
        for subject in named {
            do { try call.store.replace(subject, with: []) } catch { throw Failure("\(error)") }
            let line = "what was learnt of \(subject.words) is forgotten"
            if call.isJSON { write(Outcome(subject: subject.words, judgments: 0)) } else { Output.line(line) }
        }
    }

    private static func export(_ call: Call) throws(Failure) {
        let named = try call.subjects()
        guard named.count == 1 else { throw Failure("whose taste? name one folder, or --preset", code: .usage) }
        let content = call.store.content(of: named[0])
        if let trouble = content.trouble { Output.complain(trouble) }
        let isAnonymous = call.arguments.has("--anonymous")
        for judgment in content.judgments { write(isAnonymous ? judgment.nameless : judgment) }
    }

    private static func add(_ call: Call) throws(Failure) {
        let isPreset = call.arguments.value("--preset") != nil
        guard call.words.count == (isPreset ? 1 : 2), let file = call.words.last else {
            throw Failure("import takes a folder and a file", code: .usage)
        }
        guard let subject = try call.subjects(call.words.dropLast()).first else {
            throw Failure("whose taste? name a folder, or --preset", code: .usage)
        }
        let judgments = try JudgmentFile(file).judgments
        do { if let trouble = try call.store.add(judgments, to: subject) { Output.complain(trouble) } } catch {
            throw Failure("\(error)")
        }
        if call.isJSON {
            write(Outcome(subject: subject.words, judgments: judgments.count))
        } else {
            Output.line("\(judgments.count) judgments are added to those of \(subject.words)")
        }
    }

    private struct Outcome: Encodable {
        let subject: String
        let judgments: Int
    }

    private static func write(_ value: some Encodable) { Output.bytes((try? MomentsJSON.line(value)) ?? Data()) }

    /// Whose tastes the words name.
    private static func subjects(
        _ words: some Sequence<FilePath>,
        _ arguments: Arguments,
        _ settings: Settings
    ) throws(Failure) -> [TasteSubject] {
        let presets = arguments.value("--preset").map { [TasteSubject.preset($0)] } ?? []
        let inbox = (try? Folder.resolved(settings.folders.inbox)) ?? settings.folders.inbox
        var folders: [TasteSubject] = []
        for word in words {
            if word == "." {
                folders.append(.folder(""))
                continue
            }
            let isName = !word.isAbsolute && word.components.count == 1 && word != ".."
            let path = isName ? inbox.appending(word) : Folder.absolute(word)
            guard let place = ((try? Folder.resolved(path)) ?? path).relative(to: inbox) else {
                throw Failure("'\(word.display)' is no folder of the inbox \(inbox.display)", code: .usage)
            }
            folders.append(.folder(place.components.first ?? ""))
        }
        return folders + presets
    }

    private static func show(_ subjects: [TasteSubject], _ store: TasteStore, asJSON: Bool) {
        for subject in subjects {
            let content = store.content(of: subject)
            let taste = TasteStore.taste(from: content.judgments)
            if asJSON {
                write(
                    Line(
                        subject: subject.words,
                        edits: taste.edits,
                        judgments: content.judgments.count,
                        version: taste.version,
                        weights: taste.weights,
                        changes: taste.words,
                        trouble: content.trouble
                    )
                )
                continue
            }
            if let trouble = content.trouble { Output.complain(trouble) }
            let edits = "\(taste.edits) edited \(taste.edits == 1 ? "reel" : "reels")"
            Output.line("\(subject.words): \(edits), \(content.judgments.count) judgments")
            for word in taste.words { Output.line("  \(word)") }
            if taste.words.isEmpty { Output.line("  nothing is chosen differently") }
        }
        if subjects.isEmpty, !asJSON { Output.line("nothing was learnt so far") }
    }

    private static func why(_ file: FilePath, _ store: TasteStore, asJSON: Bool) throws(Failure) {
        let manifest = try InboxPlace(file).manifest()
        let place = manifest.source.path
        let subject = TasteSubject(manifest.config.learn, folder: manifest.source.folder, preset: manifest.preset)
        let judgments = subject.map { store.content(of: $0).judgments } ?? []
        let taught = judgments.filter { $0.name == place && $0.kind == .edit }
        if asJSON { return write(Reason(file: file.text, taste: manifest.taste, taught: taught)) }
        if let taste = manifest.taste {
            let whose = subject?.words ?? "nobody"
            Output.line("\(file.display): chosen by the taste of \(whose), version \(taste.version)")
            Output.line("  learnt from \(taste.edits) edited \(taste.edits == 1 ? "reel" : "reels")")
            for change in taste.changes { Output.line("  \(change)") }
        } else {
            let reason = subject == nil ? "[Highlight] Learn=off" : "nothing had been learnt when it was made"
            Output.line("\(file.display): chosen without a taste (\(reason))")
        }
        for judgment in taught {
            func span(_ stretch: TasteStretch) -> String {
                "\(ClockText.hoursMinutesSeconds(stretch.start))–\(ClockText.hoursMinutesSeconds(stretch.end))"
            }
            Output.line("  its edit taught: \(span(judgment.pair.better)) rather than \(span(judgment.pair.worse))")
        }
    }
}
