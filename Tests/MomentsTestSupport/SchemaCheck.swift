internal import Foundation
internal import MomentsCore

/// Checks documents against the JSON Schemas of `examples/schemas`, as far as those go.
public struct SchemaCheck {
    private let schema: [String: Any]

    /// Reads a schema.
    ///
    /// - Parameter name: Its file's name before ".schema.json".
    /// - Throws: What keeps it from being read.
    public init(_ name: String) throws {
        let root = FilePath(#filePath).parent.parent.parent
        let path = root.appending("examples/schemas/\(name).schema.json").text
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        schema = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        precondition(schema["$schema"] != nil, "'\(path)' is a schema")
    }

    /// What is wrong with a document, each with its place; empty where all is well.
    ///
    /// - Parameter document: JSON.
    /// - Returns: One line for each fault.
    /// - Throws: What is no JSON at all.
    public func faults(in document: some Sequence<UInt8>) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(Array(document)), options: .fragmentsAllowed)
        return Self.faults(value, schema, "$")
    }

    private static func faults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        var faults: [String] = []
        if let types = schema["type"].map({ $0 as? [String] ?? [$0 as? String ?? ""] }),
            !types.contains(where: { $0 == "number" && kind(value) == "integer" || $0 == kind(value) })
        {
            return ["\(place) is \(kind(value)), not \(types)"]
        }
        if let constant = schema["const"] as? String, value as? String != constant {
            faults.append("\(place) is not \(constant)")
        }
        if let choices = schema["enum"] as? [Any], !choices.contains(where: { "\($0)" == "\(value)" }) {
            faults.append("\(place) is none of \(choices)")
        }
        if let pattern = schema["pattern"] as? String, let text = value as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            faults.append("\(place) does not match \(pattern)")
        }
        if let longest = schema["maxLength"] as? Int, let text = value as? String, text.count > longest {
            faults.append("\(place) is too long")
        }
        if let number = value as? NSNumber, kind(value) != "boolean" {
            if let least = schema["minimum"] as? NSNumber, number.doubleValue < least.doubleValue {
                faults.append("\(place) is too small")
            }
            if let most = schema["maximum"] as? NSNumber, number.doubleValue > most.doubleValue {
                faults.append("\(place) is too large")
            }
        }
        if let alternatives = schema["anyOf"] as? [[String: Any]] {
            let tried = alternatives.map { Self.faults(value, $0, place) }
            if !tried.contains(where: \.isEmpty) { faults += tried.flatMap { $0 } }
        }
        if let members = value as? [String: Any] { faults += self.faults(members: members, schema, place) }
        if let list = value as? [Any] {
            if let least = schema["minItems"] as? Int, list.count < least {
                faults.append("\(place) has too few items")
            }
            if let most = schema["maxItems"] as? Int, list.count > most { faults.append("\(place) has too many items") }
            if let inner = schema["items"] as? [String: Any] {
                faults += list.enumerated().flatMap { self.faults($1, inner, "\(place)[\($0)]") }
            }
        }
        return faults
    }

    private static func faults(members: [String: Any], _ schema: [String: Any], _ place: String) -> [String] {
        let known = schema["properties"] as? [String: [String: Any]] ?? [:]
        let missing = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }
        var faults = missing.map { "\(place).\($0) is missing" }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if let inner = known[name] ?? schema["additionalProperties"] as? [String: Any] {
                faults += self.faults(value, inner, "\(place).\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                faults.append("\(place).\(name) is not known")
            }
        }
        return faults
    }

    private static func kind(_ value: Any) -> String {
        switch value {
        case is NSNull: return "null"
        case is String: return "string"
        case is [Any]: return "array"
        case is [String: Any]: return "object"
        case let number as NSNumber:
            if isBoolean(number) { return "boolean" }
            return number.doubleValue == number.doubleValue.rounded() ? "integer" : "number"
        default: return "nothing"
        }
    }

    /// JSON's true and false come as numbers of one character.
    private static func isBoolean(_ number: NSNumber) -> Bool { number.objCType.pointee == 0x63 }
}
