/// Reads the elements of XML in their order; what it does not understand it passes over.
///
/// Enough for what cameras and editors write about a recording. No declarations, no entities but the five of XML and
/// numbers: nothing that a text could grow by.
struct XMLScanner {
    /// What comes next.
    enum Part: Equatable {
        /// An element begins; its name with its prefix, and its attributes.
        case open(String, [String: String])
        /// It ends.
        case close(String)
        /// Text, trimmed; never empty.
        case text(String)
    }

    private let bytes: [UInt8]
    private var place = 0
    private var pending: Part?

    /// Begins to read.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next part; nil at the end, or where nothing makes sense any more.
    mutating func next() -> Part? {
        if let part = pending {
            pending = nil
            return part
        }
        while place < bytes.count {
            if bytes[place] != UInt8(ascii: "<") {
                let end = find("<", from: place) ?? bytes.count
                let text = Self.text(bytes[place..<end])
                place = end
                if !text.isEmpty { return .text(text) }
                continue
            }
            guard let end = Self.passedOver.first(where: { starts($0.0) })?.1 else { return element() }
            guard skip(behind: end) else { return nil }
        }
        return nil
    }

    /// What is not looked into: how it begins and ends.
    private static let passedOver = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]

    /// Reads what stands between "<" and ">", in whose attributes a ">" may stand.
    private mutating func element() -> Part? {
        var (end, quote): (Int, UInt8?) = (place + 1, nil)
        while end < bytes.count {
            let byte = bytes[end]
            if quote == byte {
                quote = nil
            } else if quote == nil {
                if byte == UInt8(ascii: ">") { break }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
            }
            end += 1
        }
        guard end < bytes.count else {
            place = bytes.count
            return nil
        }
        var inner = bytes[place + 1..<end]
        place = end + 1
        if inner.first == UInt8(ascii: "/") { return .close(Self.text(inner.dropFirst())) }
        let isEmpty = inner.last == UInt8(ascii: "/")
        if isEmpty { inner = inner.dropLast() }
        let name = inner.prefix { !Self.isSpace($0) }
        let text = String(decoding: name, as: UTF8.self)
        if isEmpty { pending = .close(text) }
        return .open(text, Self.attributes(inner.dropFirst(name.count)))
    }

    private static func attributes(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var (rest, found): (ArraySlice<UInt8>, [String: String]) = (bytes, [:])
        while found.count < mostAttributes, let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = text(rest[..<equals])
            let behind = rest[(equals + 1)...].drop { isSpace($0) }
            guard let quote = behind.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                let end = behind.dropFirst().firstIndex(of: quote)
            else { break }
            found[name] = text(behind[(behind.startIndex + 1)..<end])
            rest = behind[(end + 1)...]
        }
        return found
    }

    private static let mostAttributes = 64

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    /// Text without spaces around it, its entities replaced.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes.drop { isSpace($0) }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var (result, rest) = ("", text[...])
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            let behind = rest[rest.index(after: start)...]
            if let end = behind.prefix(10).firstIndex(of: ";"), let character = entity(behind[..<end]) {
                result.unicodeScalars.append(character)
                rest = behind[behind.index(after: end)...]
            } else {
                result += "&"
                rest = behind
            }
        }
        return result + rest
    }

    private static func entity(_ name: Substring) -> Unicode.Scalar? {
        if name.hasPrefix("#x") { return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        return ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"][String(name)]
    }

    private func starts(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private func find(_ text: String, from start: Int) -> Int? {
        var at = start
        while at < bytes.count {
            if bytes[at...].starts(with: text.utf8) { return at }
            at += 1
        }
        return nil
    }

    private mutating func skip(behind text: String) -> Bool {
        guard let end = find(text, from: place) else { return false }
        place = end + text.utf8.count
        return true
    }
}
