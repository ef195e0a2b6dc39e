/// The plain text of a cue: what strangers wrote between tags, in one line.
struct CueText {
    /// The text.
    private(set) var text = ""
    /// When words of it begin, by their number, where tags say so; in seconds.
    private(set) var times: [Int: Double] = [:]

    /// The longest text of a cue, in characters; what is behind is left out.
    static let longest = 600

    /// Reads what stands in a cue.
    ///
    /// - Parameters:
    ///   - raw: Its lines.
    ///   - isASS: Whether it is of the kind of which `\N` breaks a line.
    init(_ raw: some StringProtocol, isASS: Bool = false) {
        var scalars = String.UnicodeScalarView()
        var (count, words) = (0, 0)
        var isBlank = true
        func isSpace(_ scalar: UnicodeScalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{200B}" }
        func take(_ scalar: UnicodeScalar) {
            guard count < Self.longest else { return }
            if isSpace(scalar) {
                if !isBlank {
                    scalars.append(" ")
                    count += 1
                }
                isBlank = true
                return
            }
            switch scalar.properties.generalCategory {
            // Controls, and what turns the direction of writing or cannot be seen.
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return
            default: break
            }
            if isBlank { words += 1 }
            isBlank = false
            scalars.append(scalar)
            count += 1
        }
        let source = Array(raw.unicodeScalars.prefix(8 * Self.longest))
        var place = 0
        while place < source.count {
            let scalar = source[place]
            if scalar == "<", let end = Self.tagEnd(source, place) {
                let content = String(String.UnicodeScalarView(source[(place + 1)..<end]))
                if let time = CueTime.seconds(content[...]) { times[words] = time }
                // Tags stand for breaks: what they part are two words.
                if content.lowercased().hasPrefix("br") { take(" ") }
                place = end + 1
            } else if scalar == "{", place + 1 < source.count, source[place + 1] == "\\",
                let end = source[place...].firstIndex(of: "}")
            {
                place = end + 1
            } else if scalar == "\\", isASS, place + 1 < source.count, ["N", "n", "h"].contains(source[place + 1]) {
                take(" ")
                place += 2
            } else if scalar == "&", let (decoded, end) = Self.entity(source, place) {
                take(decoded)
                place = end + 1
            } else {
                take(scalar)
                place += 1
            }
        }
        while scalars.last == " " { scalars.removeLast() }
        text = String(scalars)
    }

    /// Where a tag ends; nil where "<" is no more than a sign.
    private static func tagEnd(_ source: [UnicodeScalar], _ place: Int) -> Int? {
        guard place + 1 < source.count else { return nil }
        let next = source[place + 1]
        guard next == "/" || next == "!" || next == "?" || next.properties.isAlphabetic || ("0"..."9").contains(next)
        else { return nil }
        return source[place...].prefix(400).firstIndex(of: ">")
    }

    private static func entity(_ source: [UnicodeScalar], _ place: Int) -> (UnicodeScalar, end: Int)? {
        guard let end = source[place...].prefix(10).firstIndex(of: ";") else { return nil }
        let name = String(String.UnicodeScalarView(source[(place + 1)..<end]))
        if let known = entities[name] { return (known, end) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap { UnicodeScalar($0) }.map { ($0, end) }
    }

    private static let entities: [String: UnicodeScalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "lrm": "\u{200E}", "rlm": "\u{200F}",
    ]
}
