/// A JSON value as a stranger wrote it: objects keep their order and their repeated keys.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number's own text, so that nothing is lost before it is judged.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One member of an object.
    struct Member: Hashable, Sendable {
        let key: String
        let value: JSONValue
    }

    /// The value as JSON on one line, for messages.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): "\"\(text)\""
        case .array(let values): "[" + values.prefix(20).map(\.text).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.prefix(20).map { "\"\($0.key)\": \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }
}
