internal import MomentsCore

/// Hypertext as it is put together: what comes from anywhere but this program is escaped on its way in.
struct HTML {
    private(set) var text = ""

    /// Takes markup that stands in the program itself.
    mutating func add(_ markup: StaticString) { markup.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) } }

    /// Takes an element with attributes and text.
    mutating func add(_ name: StaticString, _ attributes: [(StaticString, String)] = [], _ content: String) {
        open(name, attributes)
        text += Escaping.html(content)
        close(name)
    }

    /// Takes text.
    mutating func add(text content: String) { text += Escaping.html(content) }

    /// Takes the start of an element.
    mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)] = []) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(Escaping.html(value))\"" }
        text += ">"
    }

    /// Takes the end of an element.
    mutating func close(_ name: StaticString) { text += "</\(name)>\n" }

    /// Takes the content of a style or script, which may hold no end of one.
    mutating func addVerbatim(_ content: String) {
        precondition(!content.contains("</"), "it would end the element")
        text += content
    }
}
