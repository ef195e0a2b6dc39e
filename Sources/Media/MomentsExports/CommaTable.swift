internal import FoundationEssentials
internal import MomentsCore

/// A table of comma-separated values as RFC 4180 has it, with fields no spreadsheet takes for formulas.
struct CommaTable: Sendable {
    private var text: String

    init(columns: [String]) {
        text = ""
        add(columns)
    }

    /// Adds a line.
    mutating func add(_ fields: [String]) {
        text += fields.map(Escaping.csv).joined(separator: ",") + "\r\n"
    }

    /// The table in UTF-8.
    var data: Data { Data(text.utf8) }
}
