internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// `moments explain`: why the choice of a video is what it is, second by second.
struct ExplainCommand: Command {
    static let name = "explain"
    static let help = CommandHelp(
        purpose: "why the choice of a video is what it is, second by second, as CSV",
        forms: ["FILE [--target-duration TIME] [--analysis MODE] [--json]"],
        about: """
            Does the whole job on FILE in a folder that is removed again, and writes a table of every second to the
            standard output as CSV: the rank of each signal within the video (0 lowest, 1 highest), the score they make,
            the scene, and the shot of the reel that shows it. FILE is only read.

              change        how much a frame differs from the one before
              motion        the share of the picture that moves against the camera
              loudness      how loud it is; a hum or a test tone counts as quieter
              swell         how loud it is over some seconds
              foreground    what a fixed camera sees beside its usual picture
              saliency      how far the moment stands out from what is usual
            """,
        options: JobOptions.words + [Arguments.Option("--json", "an object a second, a line each, instead of CSV")],
        notes: "\"moments run --explain\" keeps the table as signals.csv beside the reel.",
        exits: [.init(0, "it was done"), .init(1, "the job failed"), .init(2, "the words were wrong")]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard let file = arguments.rest.first, arguments.rest.count == 1 else {
            throw Failure("which file? name one", code: .usage)
        }
        var options = JobOptions()
        try options.choose(by: arguments)
        options.explain = true
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        let folder = root.appending(FilePath("moments-explain-" + JobIdentifier.make()))
        do {
            try Folder.make(folder, mode: 0o700)
            defer { try? Folder.removeTree(folder) }
            let outbox = Outbox(root: try Folder.resolved(folder))
            try outbox.make()
            let job = LocalJob(outbox: outbox, settings: Settings(), options: options, preset: nil)
            let display = ProgressDisplay(count: 1)
            let manifest = job.run(file, interruption: try Interruption(), display: display)
            guard let result = manifest.result, let place = result.folder else {
                throw Failure(manifest.error.map { "\($0)" } ?? "'\(file.display)' was not finished")
            }
            let path = outbox.root.appending(place).appending("signals.csv")
            let table = try Descriptor.openRegular(path).read(64 << 20, at: 0, of: path)
            Output.bytes(arguments.has("--json") ? SecondsTable(table).lines : Data(table))
            return 0
        } catch let failure as Failure { throw failure } catch { throw Failure("\(error)") }
    }
}
