internal import FoundationEssentials
internal import MomentsCore

/// An element of XML 1.0 with its attributes and what is in it, in their order.
struct XMLElement {
    private let name: String
    private var attributes: [(name: String, value: String)]
    private var children: [XMLElement]
    private var text: String?

    init(_ name: String, _ attributes: [(String, String)] = [], _ children: [XMLElement] = []) {
        self.name = name
        self.attributes = attributes.map { (name: $0.0, value: $0.1) }
        self.children = children
    }

    init(_ name: String, _ attributes: [(String, String)] = [], text: String) {
        self.init(name, attributes)
        self.text = text
    }

    mutating func set(_ name: String, _ value: String) { attributes.append((name: name, value: value)) }

    mutating func add(_ child: XMLElement) { children.append(child) }

    /// The document this is the root of, in UTF-8.
    func document(doctype: String? = nil) -> Data {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        if let doctype { text += "<!DOCTYPE \(doctype)>\n" }
        write(to: &text, indent: "")
        return Data(text.utf8)
    }

    private func write(to output: inout String, indent: String) {
        output += "\(indent)<\(name)"
        for attribute in attributes { output += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
        if let text {
            output += ">\(Self.escaped(text))</\(name)>\n"
        } else if children.isEmpty {
            output += "/>\n"
        } else {
            output += ">\n"
            for child in children { child.write(to: &output, indent: indent + "  ") }
            output += "\(indent)</\(name)>\n"
        }
    }

    /// Text in which nothing is markup; what XML 1.0 cannot say at all is shown as U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: result += "&amp;"
            case 0x3C: result += "&lt;"
            case 0x3E: result += "&gt;"
            case 0x22: result += "&quot;"
            case 0x09, 0x0A, 0x0D: result += "&#\(scalar.value);"
            case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
