internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// `moments run`: the same job through the same worker, without a daemon.
struct RunCommand: Command {
    static let name = "run"
    static let help = CommandHelp(
        purpose: "makes the highlights of files here and now, without a daemon",
        forms: ["FILE… -o FOLDER [OPTIONS]"],
        about: """
            Makes the highlights of each FILE in FOLDER/NAME (NAME is the file's without its ending; a number is added
            where that is taken). A result appears whole or not at all; the files are only read. A FILE named NAME.story.json
            is a clip to be made of its words and the pictures beside it, with the voice, the planner and the generators
            of the configuration.
            """,
        options: [
            Arguments.Option("--output", letter: "o", value: "FOLDER", "where results go; made where it is missing")
        ] + JobOptions.words + [
            Arguments.Option("--preset", value: "NAME", "a preset of the configuration; moments presets lists them"),
            Arguments.Option(
                "--request",
                value: "FILE",
                "a request as it lies beside a video in the inbox, with all of its keys; for each video"
            ),
            Arguments.Option(
                "--config",
                value: "FILE",
                "a configuration (default: /etc/momentsd/momentsd.conf if it is there)"
            ),
            Arguments.Option(
                "--judge",
                value: "COMMAND",
                "a program that looks at stills and says what belongs into the reel, run with your rights; without it "
                    + "the configuration's ([Judge] Command=)"
            ),
            Arguments.Option(
                "--describe",
                value: "COMMAND",
                "a program that looks at a still of each scene and says what it shows, run with your rights; without it "
                    + "the configuration's ([Subjects] Describe=)"
            ),
            Arguments.Option("--explain", "adds signals.csv: what each second was worth, and by which signals"),
            Arguments.Option("--json", "one manifest a line on the standard output, as JSON"),
        ],
        notes: "The worker is the moments-worker beside this program, or what MOMENTS_WORKER names.",
        examples: [
            .init("moments run beach.mp4 -o ~/highlights", "a reel of 30 seconds in ~/highlights/beach"),
            .init("moments run *.mov -o out --target-duration 1min --quality high", "a minute of each, encoded anew"),
        ],
        exits: [.init(0, "all were done"), .init(1, "some failed"), .init(2, "the words were wrong")]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard let output = arguments.path("--output"), !output.isEmpty else {
            throw Failure("-o FOLDER is missing: where shall the results go?", code: .usage)
        }
        guard !arguments.rest.isEmpty else { throw Failure("which files? name at least one", code: .usage) }
        let settings = try Settings.named(by: arguments)
        let describer = try describer(arguments)
        var (options, preset) = try wishes(arguments, settings)
        if let describer { options.subjects.describer = Settings.describer(describer) }
        let helpers = try LocalHelpers(
            judge: arguments.value("--judge"),
            describer: describer,
            settings,
            output: output
        )
        defer { withExtendedLifetime(helpers) {} }
        // Somebody's own folder is left without anything of ours but the results.
        let outbox = Outbox(root: Folder.absolute(output), keepsFindings: false)
        do { try outbox.make() } catch { throw Failure("\(error)") }
        // Our own staging folder goes when nothing else is in it: a daemon may have its own in there.
        defer { try? Folder.removeEmpty(outbox.stagingRoot) }
        let interruption = try Interruption()
        let display = ProgressDisplay(count: arguments.rest.count)
        var failed = 0
        for file in arguments.rest {
            if interruption.happened { break }
            let job = LocalJob(
                outbox: outbox,
                settings: settings,
                options: options,
                preset: preset,
                helpers: helpers
            )
            let manifest = job.run(file, interruption: interruption, display: display)
            display.finish(manifest)
            if manifest.status != .completed { failed += 1 }
            tell(of: manifest, in: outbox, asJSON: arguments.has("--json"))
        }
        if interruption.happened { throw Failure("interrupted; what was not finished left nothing behind") }
        return failed == 0 ? 0 : Failure.Code.failed.rawValue
    }

    private static func tell(of manifest: Manifest, in outbox: Outbox, asJSON: Bool) {
        if asJSON {
            Output.bytes((try? MomentsJSON.line(manifest)) ?? Data())
        } else if let result = manifest.result, let folder = result.folder {
            let place = outbox.root.appending(folder)
            for output in result.outputs { Output.line(place.appending(output.path).display) }
        }
    }

    /// The command a person named that describes scenes, in words.
    private static func describer(_ arguments: Arguments) throws(Failure) -> [String]? {
        guard let text = arguments.value("--describe") else { return nil }
        if let words = Settings.Judge.words(text) { return words }
        throw Failure("--describe cannot be '\(Escaping.excerpt(text))'; allowed is a command in words", code: .usage)
    }

    private static func wishes(
        _ arguments: Arguments,
        _ settings: Settings
    ) throws(Failure) -> (options: JobOptions, preset: String?) {
        let preset = arguments.value("--preset") ?? settings.preset
        var options = settings.judged(settings.options)
        if let preset {
            guard let found = settings.options(ofPreset: preset) else {
                let names = settings.presetNames().map { Escaping.line($0) }.joined(separator: ", ")
                let there =
                    names.isEmpty ? "there are none in \(settings.folders.presets.display)" : "there are: \(names)"
                throw Failure("there is no preset '\(Escaping.excerpt(preset))'; \(there)", code: .usage)
            }
            options = found
        }
        if let request = arguments.path("--request") { options = try requested(request, preset, settings) }
        try options.choose(by: arguments)
        options.explain = arguments.has("--explain")
        options.judge = options.judge || arguments.has("--judge")
        return (options, preset)
    }

    /// The options of a request.
    private static func requested(
        _ file: FilePath,
        _ preset: String?,
        _ settings: Settings
    ) throws(Failure) -> JobOptions {
        let path = Folder.absolute(file)
        let bytes: [UInt8]
        do { bytes = try Descriptor.openRegular(path).read((1 << 20) + 1, at: 0, of: path) } catch {
            throw Failure("the request '\(file.display)' cannot be read: \(error.reason)", code: .usage)
        }
        do { return try settings.resolve(request: bytes, folderPreset: preset).options } catch {
            throw Failure("'\(file.display)': \(error.message)", code: .usage)
        }
    }
}
