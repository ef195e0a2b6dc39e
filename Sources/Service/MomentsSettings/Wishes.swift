internal import MomentsCore

/// What people may write of what they want to see.
public enum Wishes {
    /// The most wishes of a list.
    static let most = 20
    /// What is allowed, as the end of a sentence.
    static let allowed = "one line of at most 200 characters without control characters"

    /// Whether a text can be a wish.
    static func isWish(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 200 && text.utf8.count <= 1000
            && Escaping.line(text).utf8.elementsEqual(text.utf8)
    }

    /// A value of the configuration.
    static let kind = ValueKind<[String]>.text("\(allowed), wishes parted by commas") { parse($0) }

    /// Wishes parted by commas.
    ///
    /// - Parameter text: What a person wrote.
    /// - Returns: Each of them without blanks around it; nil where it is not allowed.
    public static func parse(_ text: String) -> [String]? {
        let parts = text.split(separator: ",").map { part in
            let rest = part.drop { $0 == " " }
            return String(rest.lastIndex { $0 != " " }.map { rest[...$0] } ?? "")
        }
        return isWish(text) && parts.count <= most && !parts.contains("") ? parts : nil
    }
}
