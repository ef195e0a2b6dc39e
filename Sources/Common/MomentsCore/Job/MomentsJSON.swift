public import FoundationEssentials

/// The one way this project writes and reads JSON: stable key order, no escaped slashes, no invisible characters.
public enum MomentsJSON {
    /// JSON for people and files: indented, with a final line break.
    public static func document(_ value: some Encodable) throws -> Data {
        InvisibleCharacters.escaped(try encoder([.prettyPrinted]).encode(value)) + Data([UInt8(ascii: "\n")])
    }

    /// JSON for pipes: one line, with a final line break.
    public static func line(_ value: some Encodable) throws -> Data {
        InvisibleCharacters.escaped(try encoder([]).encode(value)) + Data([UInt8(ascii: "\n")])
    }

    /// Reads a value; throws `DecodingError` with the key at fault.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }

    private static func encoder(_ extra: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = extra.union([.sortedKeys, .withoutEscapingSlashes])
        // A number that is no number (a level of silence, minus infinity) must not fail a whole report.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        return encoder
    }
}
