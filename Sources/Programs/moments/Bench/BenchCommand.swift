internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// `moments bench`: how fast and how right the programs are on this machine.
struct BenchCommand: Command {
    static let name = "bench"
    static let help = """
        Usage: moments bench FILE… [--target-duration TIME] [--quality QUALITY] [--analysis MODE]
                             [--repeat COUNT] [--without-ffmpeg] [--json]
               moments bench --score FOLDER [--target-duration TIME] [--quality QUALITY]
                             [--analysis MODE] [--json]

        With files: does the whole job on each (through a real worker, into a folder that is removed again)
        and "ffmpeg -i FILE -f null -" in turn, and shows the ratio, the times by stage, what was decoded
        and copied, and the worker's highest memory.

        With --score: does the job on every video of FOLDER, and of its folders planted and scenes, that has
        a NAME.truth.json, and shows how much of what is known to be there was found, beside reels of the
        same length that are spread evenly or drawn at random.

          --target-duration TIME   how long the reel should be, such as 45 or 2min (default 30s)
          --quality QUALITY        auto, low, medium, high or original (default auto)
          --analysis MODE          auto, full, or both one after the other (default auto)
          --repeat COUNT           takes the best of so many runs of each (default 1)
          --without-ffmpeg         measures the job alone
          --json                   one object a line on the standard output

        Ends with 0 when every job was done, 1 when one failed, 2 when the words were wrong.
        """
    static let options =
        [
            Arguments.Option(name: "--score"), Arguments.Option(name: "--repeat"),
            Arguments.Option(name: "--without-ffmpeg", hasValue: false),
            Arguments.Option(name: "--json", hasValue: false),
        ] + JobOptions.words

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let choice = try BenchChoice(arguments)
        let interruption = try Interruption()
        if let folder = arguments.path("--score") {
            guard arguments.rest.isEmpty, !arguments.has("--repeat"), !arguments.has("--without-ffmpeg") else {
                throw Failure("--score takes neither files nor --repeat nor --without-ffmpeg", code: .usage)
            }
            return try score(folder, choice, interruption)
        }
        guard !arguments.rest.isEmpty else { throw Failure("which files? name at least one", code: .usage) }
        for file in arguments.rest {
            for mode in choice.modes {
                let speed = try BenchSpeed.measure(file, choice, mode, interruption)
                show(speed, speed.lines, choice)
            }
        }
        return 0
    }

    /// Every video with a known truth; the rows of a table as they come.
    private static func score(
        _ folder: FilePath,
        _ choice: BenchChoice,
        _ interruption: Interruption
    ) throws(Failure) -> Int32 {
        let videos = try BenchCorpus.videos(in: folder)
        var kind: BenchTruth.Kind?
        for video in videos {
            if video.truth.kind != kind, !choice.asJSON { Output.line(BenchAccuracy.head(of: video.truth.kind)) }
            kind = video.truth.kind
            for row in try BenchAccuracy.measure(video, choice, interruption) { show(row, [row.line], choice) }
        }
        return 0
    }

    private static func show(_ value: some Encodable, _ lines: [String], _ choice: BenchChoice) {
        if choice.asJSON { return Output.bytes((try? MomentsJSON.line(value)) ?? Data()) }
        for line in lines { Output.line(line) }
    }
}
