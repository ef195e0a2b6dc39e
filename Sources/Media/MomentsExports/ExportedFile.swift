public import FoundationEssentials
internal import MomentsCore

/// A file of the result made only of what is known, ready to be written.
public struct ExportedFile: Hashable, Sendable {
    /// What it is, as the manifest's `outputs` name it: "metadata", "scenes", "highlight_data".
    public let kind: String
    /// Its name inside the result's folder.
    public let name: String
    /// Its content.
    public let data: Data

    /// Makes a file from bytes.
    public init(kind: String, name: String, data: Data) {
        self.kind = kind
        self.name = name
        self.data = data
    }

    /// Makes a file that holds one JSON document; throws `EncodingError`.
    init(kind: String, name: String, document: some Encodable) throws {
        self.init(kind: kind, name: name, data: try MomentsJSON.document(document))
    }
}

extension MediaTime {
    /// Seconds as every exported file gives them: the exact time rounded once, to the microsecond.
    var exportedSeconds: Double { Double(timestamp(in: Rational(1, 1_000_000))) / 1_000_000 }
}
