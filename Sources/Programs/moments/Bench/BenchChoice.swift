internal import MomentsCore

/// What a person wants measured.
struct BenchChoice {
    /// How the job is done; the mode of its analysis is one of `modes`.
    var options = JobOptions()
    /// The modes, one after the other.
    var modes: [AnalysisMode] = [.auto]
    /// How often everything is run, for the best of it.
    var repeats = 1
    /// Whether ffmpeg's decoding is measured too.
    let withDecoding: Bool
    /// Somebody else's program that finds scenes; nil for none.
    let detector: BenchDetector?
    /// A program that looks at stills, in which `{name}` stands for a clip's; nil for none.
    let judge: String?
    /// Whether programs read the output.
    let asJSON: Bool

    /// Reads the words.
    init(_ arguments: Arguments) throws(Failure) {
        withDecoding = !arguments.has("--without-ffmpeg")
        detector = arguments.path("--detector").map { BenchDetector(command: $0) }
        judge = arguments.value("--judge")
        asJSON = arguments.has("--json")
        let isJudged = arguments.has("--judged") && !arguments.has("--analysis")
        if isJudged || arguments.value("--analysis") == "both" {
            modes = AnalysisMode.allCases
            try options.choose(by: arguments.without("--analysis"))
        } else {
            try options.choose(by: arguments)
            modes = [options.analysis]
        }
        guard let text = arguments.value("--repeat") else { return }
        guard let count = Int(text), (1...100).contains(count) else {
            throw Failure("--repeat cannot be '\(Escaping.excerpt(text))'; allowed is 1 to 100", code: .usage)
        }
        repeats = count
    }
}
