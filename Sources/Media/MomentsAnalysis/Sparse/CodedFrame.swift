public import MomentsCore

/// A frame as its packet tells of it, without decoding.
public struct CodedFrame: Sendable {
    /// When it is shown, in seconds.
    public let seconds: Double
    /// Its place among the frames shown, from 0.
    public let number: Int
    /// Its length in bytes.
    public let size: Int
    /// How it was coded.
    public let kind: CodedKind
    /// Whether decoding can start here.
    public let isKeyframe: Bool

    /// Makes a frame.
    public init(seconds: Double, number: Int, size: Int, kind: CodedKind, isKeyframe: Bool) {
        self.seconds = seconds
        self.number = number
        self.size = size
        self.kind = kind
        self.isKeyframe = isKeyframe
    }

    /// Whether it is coded from itself alone.
    public var isIntra: Bool { isKeyframe || kind == .intra }
}
