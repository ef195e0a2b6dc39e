/// JSON of any shape, for formats that are others' own.
indirect enum JSONTree: Encodable {
    case text(String)
    case whole(Int64)
    case number(Double)
    case list([JSONTree])
    case object([String: JSONTree])
    case yes

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .text(let text): try value.encode(text)
        case .whole(let number): try value.encode(number)
        case .number(let number): try value.encode(number)
        case .list(let values): try value.encode(values)
        case .object(let members): try value.encode(members)
        case .yes: try value.encode(true)
        }
    }
}
