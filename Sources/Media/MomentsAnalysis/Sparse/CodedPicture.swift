public import MomentsCore

/// A picture as its packet tells of it, without decoding.
public struct CodedPicture: Sendable {
    /// When it is shown, in seconds.
    public let seconds: Double
    /// Its place among the pictures shown, from 0.
    public let number: Int
    /// Its length in bytes.
    public let size: Int
    /// How it was coded.
    public let kind: CodedKind
    /// Whether decoding can start here.
    public let isKey: Bool

    /// Makes a picture.
    public init(seconds: Double, number: Int, size: Int, kind: CodedKind, isKey: Bool) {
        self.seconds = seconds
        self.number = number
        self.size = size
        self.kind = kind
        self.isKey = isKey
    }

    /// Whether it is coded from itself alone.
    public var isIntra: Bool { isKey || kind == .intra }
}
