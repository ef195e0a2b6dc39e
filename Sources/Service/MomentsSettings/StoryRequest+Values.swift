internal import MomentsCore

/// The kinds of values a story has, each with what is allowed.
extension StoryRequest {
    /// A text of several lines; one that is to be there has something to be seen.
    static func text(_ member: JSONValue.Member, _ length: ClosedRange<Int>) throws(JobError) -> String {
        guard case .string(let text) = member.value, text.utf8.count <= 4 * length.upperBound,
            length.contains(text.count), VisibleText.isLines(text),
            length.lowerBound == 0 || !VisibleText.isBlank(text)
        else {
            throw refused(
                member,
                "\(length.lowerBound) to \(length.upperBound) characters, not only blanks, without control characters"
            )
        }
        return text
    }

    /// One line.
    static func line(_ member: JSONValue.Member, _ length: ClosedRange<Int>) throws(JobError) -> String {
        guard case .string(let text) = member.value, text.utf8.count <= 10 * length.upperBound,
            length.contains(text.count), VisibleText.isLine(text), !VisibleText.isBlank(text)
        else {
            throw refused(
                member,
                "one line of \(length.lowerBound) to \(length.upperBound) characters, not only blanks, without control "
                    + "characters"
            )
        }
        return text
    }

    /// A whole number.
    static func count(_ member: JSONValue.Member, _ range: ClosedRange<Int>) throws(JobError) -> Int {
        guard case .number(let text) = member.value, let number = Int(text), range.contains(number) else {
            throw refused(member, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// One of a few words.
    static func choice<Value: RawRepresentable & CaseIterable>(_ member: JSONValue.Member) throws(JobError) -> Value
    where Value.RawValue == String {
        guard case .string(let text) = member.value, let value = Value(rawValue: text) else {
            throw refused(member, Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return value
    }

    /// The name of a style.
    static func style(_ member: JSONValue.Member) throws(JobError) -> StyleName {
        guard case .string(let text) = member.value, let style = StyleName(rawValue: text) else {
            throw refused(member, StyleName.allowed)
        }
        return style
    }

    /// Wishes for the look: a line, a list of them, or an object of them.
    static func preferences(_ member: JSONValue.Member) throws(JobError) -> [String] {
        let allowed = "a line, a list of at most 10 lines, or an object of them, each of at most 100 characters"
        let pairs: [(String, JSONValue)] =
            switch member.value {
            case .array(let values): values.map { ("", $0) }
            case .object(let members): members.map { ($0.key + ": ", $0.value) }
            default: [("", member.value)]
            }
        guard pairs.count <= 10 else { throw refused(member, allowed) }
        var texts: [String] = []
        for (name, value) in pairs {
            guard case .string(let text) = value, !text.isEmpty, (name + text).utf8.count <= 1000,
                (name + text).count <= 100,
                VisibleText.isLine(name + text)
            else { throw refused(member, allowed) }
            texts.append(name + text)
        }
        return texts
    }

    /// Names of pictures.
    static func pictures(_ member: JSONValue.Member) throws(JobError) -> [FilePath] {
        guard case .array(let values) = member.value, values.count <= Story.mostPictures else {
            throw refused(member, "a list of at most \(Story.mostPictures) names of pictures beside the story")
        }
        var pictures: [FilePath] = []
        for value in values {
            pictures.append(try picture(JSONValue.Member(key: "\(member.key)[\(pictures.count)]", value: value)))
        }
        return pictures
    }

    /// The name of a picture: beside the story or in a folder there, never anywhere else.
    static func picture(_ member: JSONValue.Member) throws(JobError) -> FilePath {
        guard case .string(let text) = member.value, (1...255).contains(text.utf8.count),
            Escaping.line(text).utf8.elementsEqual(text.utf8), !text.utf8.contains(0), !text.hasPrefix("/"),
            FilePath(text).components.allSatisfy({ !$0.hasPrefix(".") })
        else {
            throw refused(
                member,
                "the name of a picture beside the story, such as \"sea.jpg\", of at most 255 bytes, without .. and not "
                    + "hidden"
            )
        }
        return FilePath(text)
    }

    /// `true`, or what is to be said.
    static func voice(_ member: JSONValue.Member) throws(JobError) -> VoiceOver? {
        switch member.value {
        case .bool(let isOn): return isOn ? .script : nil
        case .string(let text)
        where text.utf8.count <= 20_000 && (1...5000).contains(text.count) && VisibleText.isLines(text)
            && text.contains(where: { $0.isLetter || $0.isNumber }):
            return .text(text)
        default: throw refused(member, "true, false, or what is to be said in 1 to 5000 characters")
        }
    }

    static func refused(_ member: JSONValue.Member, _ allowed: String) -> JobError {
        invalid(
            "\"\(Escaping.excerpt(member.key))\" cannot be \(Escaping.excerpt(member.value.text)); allowed is \(allowed)",
            key: member.key
        )
    }

    static func invalid(_ reason: String, key: String) -> JobError {
        let detail = key.isEmpty ? "" : "key=\(Escaping.excerpt(key))"
        return JobError(.invalidRequest, reason + "; correct the file and save it again", detail: detail)
    }
}
