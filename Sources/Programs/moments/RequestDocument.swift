internal import FoundationEssentials
internal import MomentsCore

/// A request as a person wrote it, of which one key is changed and every other kept.
struct RequestDocument {
    /// It is no JSON object.
    struct Failure: Error {}

    private var members: [String: Value]

    /// Reads a request.
    init(_ bytes: [UInt8]) throws(Failure) {
        guard let members = try? MomentsJSON.decode([String: Value].self, from: Data(bytes)) else { throw Failure() }
        self.members = members
    }

    /// Whether it says that no result is wanted.
    var isCancelled: Bool { members[Self.key] == .bool(true) }

    /// The request that says, or does not say, that no result is wanted; nil for one that says nothing at all.
    func content(isCancelled: Bool) -> [UInt8]? {
        var members = members
        members[Self.key] = isCancelled ? .bool(true) : nil
        if members.isEmpty { return nil }
        return (try? MomentsJSON.document(members)).map { [UInt8]($0) }
    }

    private static let key = "cancel"

    /// Any JSON value.
    private indirect enum Value: Hashable, Codable {
        case null
        case bool(Bool)
        case whole(Int64)
        case number(Double)
        case text(String)
        case list([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let bool = try? value.decode(Bool.self) {
                self = .bool(bool)
            } else if let whole = try? value.decode(Int64.self) {
                self = .whole(whole)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let list = try? value.decode([Value].self) {
                self = .list(list)
            } else {
                self = .object(try value.decode([String: Value].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .null: try container.encodeNil()
            case .bool(let value): try container.encode(value)
            case .whole(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .text(let value): try container.encode(value)
            case .list(let value): try container.encode(value)
            case .object(let value): try container.encode(value)
            }
        }
    }
}
