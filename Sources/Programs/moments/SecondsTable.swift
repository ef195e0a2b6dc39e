internal import FoundationEssentials
internal import MomentsCore

/// `signals.csv` as an object a second: each column's name with its number, or its text.
struct SecondsTable {
    private enum Field: Encodable {
        case number(Double)
        case text(String)
        case nothing

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let value): try container.encode(value)
            case .text(let value): try container.encode(value)
            case .nothing: try container.encodeNil()
            }
        }
    }

    private let rows: [[String: Field]]

    /// Reads a table whose fields hold neither commas nor quotes, as ours do.
    init(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard let head = lines.first else {
            rows = []
            return
        }
        rows = lines.dropFirst().map { line in
            Dictionary(
                zip(head, line.map { $0.isEmpty ? .nothing : Double($0).map { .number($0) } ?? .text($0) }),
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// The objects, a line each.
    var lines: Data { rows.compactMap { try? MomentsJSON.line($0) }.reduce(into: Data()) { $0 += $1 } }
}
