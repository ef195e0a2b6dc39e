internal import MomentsBench
internal import MomentsCore

/// What came of one editor's edits, on clips that were not edited.
struct TasteRow: Encodable {
    let editor: String
    /// Clips that were edited, and others on which is measured.
    let edited: Int
    let measured: Int
    /// The recall of what is best to the editor, without a taste; of what anybody would choose, where it has none.
    let before: Double
    /// How much more of it is shown after 10 edits, and after 30.
    let after10: Double
    let after30: Double
    /// What the taste after 30 edits changes.
    let changes: [String]

    private enum CodingKeys: String, CodingKey {
        case editor
        case edited
        case measured
        case before
        case after10 = "after_10"
        case after30 = "after_30"
        case changes
    }

    /// The names of the columns of `line`.
    static let head =
        Words.column("editor", 12) + Words.column("clips", 12) + Words.column("before", 10)
        + Words.column("10 edits", 10) + Words.column("30 edits", 10) + "what was learnt"

    /// The row for people.
    var line: String {
        Words.column(editor, 12) + Words.column("\(edited)+\(measured)", 12) + Words.column(Self.number(before), 10)
            + Words.column(Self.signed(after10), 10) + Words.column(Self.signed(after30), 10)
            + changes.prefix(3).joined(separator: "; ")
    }

    /// A number with three digits behind the point.
    static func number(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1000).rounded())
        let digits = String(1000 + thousandths % 1000).dropFirst()
        return "\(value < 0 && thousandths > 0 ? "-" : "")\(thousandths / 1000).\(digits)"
    }

    private static func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + number(value) }
}
