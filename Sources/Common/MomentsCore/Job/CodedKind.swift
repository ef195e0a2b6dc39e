/// How a frame was coded, as its packet tells without decoding it.
public enum CodedKind: UInt8, Sendable {
    /// The packet does not say, or its codec is not read here.
    case unknown
    /// From itself alone; whether decoding can start here is another matter.
    case intra
    /// From earlier frames.
    case predicted
    /// From earlier and later frames.
    case bidirectional
}
