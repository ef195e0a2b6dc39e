internal import FoundationEssentials

extension Fingerprint: Codable {
    private enum CodingKeys: String, CodingKey {
        case columns
        case rows
        case luma
        case chroma
        case mean
        case contrast
    }

    /// Writes the cells as text: a list of numbers would take twice the room, and far longer to read.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(columns, forKey: .columns)
        try container.encode(rows, forKey: .rows)
        try container.encode(Data(luma), forKey: .luma)
        try container.encode(Data(chroma), forKey: .chroma)
        try container.encode(mean, forKey: .mean)
        try container.encode(contrast, forKey: .contrast)
    }

    /// Reads what `encode` wrote.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let (columns, rows) = (
            try container.decode(Int.self, forKey: .columns), try container.decode(Int.self, forKey: .rows)
        )
        let (luma, chroma) = (
            [UInt8](try container.decode(Data.self, forKey: .luma)),
            [UInt8](try container.decode(Data.self, forKey: .chroma))
        )
        guard (1...4096).contains(columns), (1...4096).contains(rows), luma.count == columns * rows,
            chroma.count == 2 * (columns / 4) * (rows / 4)
        else { throw DecodingError.dataCorruptedError(forKey: .luma, in: container, debugDescription: "not that many") }
        self.init(
            columns: columns,
            rows: rows,
            luma: luma,
            chroma: chroma,
            mean: try container.decode(Float.self, forKey: .mean),
            contrast: try container.decode(Float.self, forKey: .contrast)
        )
    }
}
