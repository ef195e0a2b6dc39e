/// A strict reader of JSON (RFC 8259) for what strangers write.
///
/// A general decoder would drop repeated keys in silence and cannot say where a text goes wrong. Depth is limited, so
/// that no text can exhaust the stack; time and memory grow with the text's length alone.
struct JSONParser {
    /// Where and why a text is no JSON.
    struct Failure: Error, Hashable {
        /// The line, from 1.
        let line: Int
        /// What is wrong there.
        let reason: String
    }

    private static let deepest = 16
    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a whole text; a byte order mark before it is skipped.
    static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Failure(line: 1, reason: "it is not UTF-8 text")
        }
        var parser = JSONParser(bytes)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { parser.position = 3 }
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.position == bytes.count else { throw parser.failure("something follows behind the end") }
        return value
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw failure("it is nested deeper than \(Self.deepest)") }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case nil: throw failure(position == 0 ? "it is empty" : "it ends too early")
        default: throw failure("a value is expected")
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        if take("}") { return .object([]) }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw failure("a key in double quotes is expected") }
            let key = try string()
            guard take(":") else { throw failure("a colon is expected behind the key") }
            members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw failure("a comma or } is expected") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        if take("]") { return .array([]) }
        repeat { values.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw failure("a comma or ] is expected") }
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("a value is expected") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let whole = digits()
        var isWellFormed = whole == 1 || (whole > 1 && bytes[position - whole] != UInt8(ascii: "0"))
        if peek == UInt8(ascii: ".") {
            position += 1
            isWellFormed = digits() > 0 && isWellFormed
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            isWellFormed = digits() > 0 && isWellFormed
        }
        guard isWellFormed else { throw failure("a number is not well formed") }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw failure("a text in quotes holds a control character; write \\n or \\t")
            default: text.append(byte)
            }
        }
        throw failure("a quote stays open")
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        let name = peek
        position += 1
        switch name {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return name.map { [$0] } ?? []
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let first = try unit()
            guard (0xd800..<0xdc00).contains(first) else { return try encode(first) }
            guard bytes[min(position, bytes.count)...].starts(with: Array("\\u".utf8)) else {
                throw failure("half a surrogate pair")
            }
            position += 2
            let second = try unit()
            guard (0xdc00..<0xe000).contains(second) else { throw failure("half a surrogate pair") }
            return try encode(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        default: throw failure("an unknown escape in a text")
        }
    }

    private mutating func unit() throws(Failure) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character(UnicodeScalar($0)).hexDigitValue }) else {
                throw failure("\\u needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    private func encode(_ code: UInt32) throws(Failure) -> [UInt8] {
        guard let scalar = UnicodeScalar(code) else { throw failure("half a surrogate pair") }
        return Array(String(Character(scalar)).utf8)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard peek == UInt8(ascii: sign) else { return false }
        position += 1
        return true
    }

    private func failure(_ reason: String) -> Failure {
        let line = 1 + bytes.prefix(position).count { $0 == 0x0a }
        return Failure(line: line, reason: reason)
    }
}
