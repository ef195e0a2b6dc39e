internal import FoundationEssentials
internal import MomentsCore

/// What a command did to one thing it was given: a line for people, or with `--json` an object a line.
struct Doing {
    /// The option of every command that answers so.
    static let option = Arguments.Option(
        "--json",
        "an object a line: what, outcome, and error where it could not be done"
    )

    private struct Line: Encodable {
        let what: FilePath
        /// What came of it, in one word; nil where it could not be done.
        let outcome: String?
        /// Why it could not be done; nil where it could.
        let error: String?
    }

    private let isJSON: Bool
    private(set) var failed = 0

    /// Begins to tell.
    init(_ arguments: Arguments) { isJSON = arguments.has("--json") }

    /// The exit status of the command.
    var code: Int32 { failed == 0 ? 0 : Failure.Code.failed.rawValue }

    /// Tells what became of a thing.
    ///
    /// - Parameters:
    ///   - what: The thing, as the person named it.
    ///   - outcome: What came of it, in one word.
    ///   - sentence: The same for people.
    func done(_ what: FilePath, _ outcome: String, _ sentence: String) {
        guard isJSON else { return Output.line(sentence) }
        write(Line(what: what, outcome: outcome, error: nil))
    }

    /// Tells why something could not be done; the others are gone on with.
    mutating func failed(_ what: FilePath, _ reason: String) {
        failed += 1
        if isJSON { write(Line(what: what, outcome: nil, error: reason)) }
        Output.complain("moments: " + Escaping.line(reason))
    }

    /// Tells something that is about no single thing: to people alone.
    func note(_ text: String) { if !isJSON { Output.line(text) } }

    private func write(_ line: Line) { Output.bytes((try? MomentsJSON.line(line)) ?? Data()) }
}
