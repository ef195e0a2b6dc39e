/// What a voice says over a clip.
public enum VoiceOver: Hashable, Sendable {
    /// The clip's own script.
    case script
    /// A person's words.
    case text(String)
}

extension VoiceOver: Codable {
    /// Reads `true`, or a text.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else {
            guard try value.decode(Bool.self) else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "a voice says something")
            }
            self = .script
        }
    }

    /// Writes `true`, or the text.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .script: try value.encode(true)
        case .text(let text): try value.encode(text)
        }
    }
}

extension VoiceOver {
    /// The same with its words cut to what a request can have.
    func cut() -> VoiceOver {
        switch self {
        case .script: self
        case .text(let text): .text(text.cut(toBytes: 20_000))
        }
    }
}
