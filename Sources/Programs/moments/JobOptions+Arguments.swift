internal import MomentsCore
internal import MomentsSettings

/// The options that shape a reel, the same for every command that makes one.
extension JobOptions {
    /// How long the reel should be.
    static let targetDurationWord = Arguments.Option(
        "--target-duration",
        value: "TIME",
        "how long the reel should be, such as 45 or 2min (default 30s)"
    )
    /// How good the reel should be.
    static let qualityWord = Arguments.Option(
        "--quality",
        value: "QUALITY",
        Quality.allCases.map(\.rawValue).joined(separator: ", ") + " (default auto)",
        of: Quality.allCases.map(\.rawValue)
    )
    /// The pictures' shape.
    static let aspectWord = Arguments.Option(
        "--aspect",
        value: "SHAPES",
        ReelAspect.allCases.map(\.rawValue).joined(separator: ", ")
            + ": the pictures' shape (default source); of several parted by commas the first is highlight.mp4, each "
            + "further one highlight-9x16.mp4 and so on",
        of: ReelAspect.allCases.map(\.rawValue)
    )
    /// Who is looked for.
    static let detectWord = Arguments.Option(
        "--detect",
        value: "WHO",
        SubjectDetection.allCases.map(\.rawValue).joined(separator: ", ")
            + ": who is looked for (moments models --help)",
        of: SubjectDetection.allCases.map(\.rawValue)
    )
    /// What marks count for.
    static let marksWord = Arguments.Option(
        "--marks",
        value: "WHAT",
        MarkPolicy.allCases.map(\.rawValue).joined(separator: ", ")
            + ": what marks count for that were set while recording (default trust)",
        of: MarkPolicy.allCases.map(\.rawValue)
    )
    /// What is to be seen, and what is not.
    static let wishWords = [
        Arguments.Option("--want", value: "WORDS", "what is to be seen, in words parted by commas"),
        Arguments.Option("--avoid", value: "WORDS", "what is not to be seen"),
    ]
    /// What they are called.
    static let words = words(analysis: "auto, or full to decode every picture (default auto)")

    /// What they are called, where a command has a word of its own for the analysis.
    static func words(analysis: String) -> [Arguments.Option] {
        let modes = AnalysisMode.allCases.map(\.rawValue)
        return [
            targetDurationWord, qualityWord, aspectWord,
            Arguments.Option("--analysis", value: "MODE", analysis, of: modes),
            detectWord, marksWord,
        ] + wishWords
    }

    /// Takes what the person chose.
    ///
    /// - Parameter arguments: The person's words.
    /// - Throws: `Failure` for a value that is not allowed.
    mutating func choose(by arguments: Arguments) throws(Failure) {
        if let text = arguments.value("--target-duration") {
            guard let seconds = Units.seconds(text), (1...86400).contains(seconds) else {
                throw Failure(
                    "--target-duration cannot be '\(Escaping.excerpt(text))'; allowed is 1 s to 24 h, such as 45 or 2min",
                    code: .usage
                )
            }
            targetDuration = seconds
        }
        quality = try Self.one("--quality", of: Quality.self, arguments) ?? quality
        analysis = try Self.one("--analysis", of: AnalysisMode.self, arguments) ?? analysis
        subjects.detect = try Self.one("--detect", of: SubjectDetection.self, arguments) ?? subjects.detect
        marks = try Self.one("--marks", of: MarkPolicy.self, arguments) ?? marks
        aspects = try Self.aspects(arguments) ?? aspects
        want = try Self.wishes("--want", arguments) ?? want
        avoid = try Self.wishes("--avoid", arguments) ?? avoid
    }

    /// Shapes of the reel.
    private static func aspects(_ arguments: Arguments) throws(Failure) -> [ReelAspect]? {
        guard let text = arguments.value("--aspect") else { return nil }
        if let aspects = ReelAspect.list(text) { return aspects }
        throw Failure(
            "--aspect cannot be '\(Escaping.excerpt(text))'; allowed is \(ReelAspect.allowed)",
            code: .usage
        )
    }

    /// Wishes in words.
    private static func wishes(_ name: String, _ arguments: Arguments) throws(Failure) -> [String]? {
        guard let text = arguments.value(name) else { return nil }
        if let wishes = Wishes.parse(text) { return wishes }
        throw Failure(
            "\(name) cannot be '\(Escaping.excerpt(text))'; allowed are up to 20 wishes in one line of 200 characters",
            code: .usage
        )
    }

    /// One of a few words.
    private static func one<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of type: Value.Type,
        _ arguments: Arguments
    ) throws(Failure) -> Value? {
        guard let text = arguments.value(name) else { return nil }
        if let value = Value(rawValue: text) { return value }
        let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure("\(name) cannot be '\(Escaping.excerpt(text))'; allowed: \(allowed)", code: .usage)
    }
}
