internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// `moments rerender`: asks for another reel of a video whose findings are kept.
struct RerenderCommand: Command {
    static let name = "rerender"
    static let help = CommandHelp(
        purpose: "another reel of a video: pin and ban moments, or change the length",
        forms: ["FILE [--pin MOMENTS] [--ban MOMENTS] [OPTIONS]"],
        about: """
            Saves the request for another reel beside FILE, a video in the inbox that has a result. The daemon chooses and
            renders again from what it found before; the video is not analysed anew. Pins, bans and whatever else shaped
            the last reel stay, unless --fresh is given.
            """,
        options: [
            Arguments.Option("--pin", value: "MOMENTS", "what must be in the reel"),
            Arguments.Option("--ban", value: "MOMENTS", "what must not be in it"),
            JobOptions.targetDurationWord, JobOptions.qualityWord, JobOptions.aspectWord,
            JobOptions.wishWords[0], JobOptions.wishWords[1],
            Arguments.Option("--title", value: "TEXT", "the reel's title"),
            Arguments.Option("--fresh", "forgets earlier pins, bans and segments"),
            Arguments.Option(
                "--config",
                value: "FILE",
                "where the outbox is named (default: /etc/momentsd/momentsd.conf)"
            ), Arguments.Option("--json", "the request that was saved, as JSON"),
        ],
        notes: """
            MOMENTS are separated by commas, each a stretch (12.5-17, 1:02-1:10), a name of the last result (shot_003), or
            a time (12.5), which means the shot or near miss it lies in, else two seconds to each side.
            """,
        examples: [.init("moments rerender beach.mp4 --pin 1:02-1:10 --ban shot_002", "one moment more, one less")],
        exits: [
            .init(0, "the request is saved"), .init(1, "it could not be"), .init(2, "the words were wrong"),
        ]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard let file = arguments.rest.first, arguments.rest.count == 1 else {
            throw Failure("which video? name one", code: .usage)
        }
        let place = InboxPlace(file)
        let manifest = try place.manifest()
        let folder = try resultFolder(of: manifest, file)
        let settings: Settings
        do { settings = try Settings.load(arguments.path("--config")).settings } catch { throw Failure("\(error)") }
        // A request that is there is the last word, whether the daemon has taken it up or not.
        let wish = try place.request().flatMap { try? settings.resolve(request: $0, folderPreset: manifest.preset) }
        var options = manifest.config
        if let wish, !wish.isCancelled { options = wish.options }
        try options.choose(by: arguments)
        if let title = arguments.value("--title") { options.title = title }
        let known = KnownMoments(result: settings.folders.outbox.appending(folder))
        let changes = RerenderDraft.Changes(
            pins: try known.ranges(arguments.value("--pin"), option: "--pin", in: manifest),
            bans: try known.ranges(arguments.value("--ban"), option: "--ban", in: manifest),
            isFresh: arguments.has("--fresh")
        )
        let draft = RerenderDraft(options, preset: wish?.preset ?? manifest.preset, changes, settings)
        let content: Data
        do { content = try MomentsJSON.document(draft) } catch { throw Failure("\(error)") }
        do { _ = try settings.resolve(request: Array(content), folderPreset: nil) } catch {
            throw Failure(error.message, code: .usage)
        }
        try place.write(request: Array(content))
        if arguments.has("--json") {
            Output.bytes(content)
            return 0
        }
        Output.line(
            "\(file.display) is rendered again when the daemon sees the request that now stands beside it; the new reel gets "
                + "a folder of its own"
        )
        return 0
    }

    /// The result of what can be rendered again.
    private static func resultFolder(of manifest: Manifest, _ file: FilePath) throws(Failure) -> FilePath {
        guard manifest.status == .completed, let folder = manifest.result?.folder else {
            throw Failure("'\(file.display)' is \(manifest.status.rawValue): only what has a result is rendered again")
        }
        guard manifest.config.story == nil else {
            throw Failure(
                "'\(file.display)' is a story: edit storyboard.json of its result, and save it as the story or as "
                    + "'\(ManifestName.request(of: file).name.display)'",
                code: .usage
            )
        }
        return folder
    }
}
