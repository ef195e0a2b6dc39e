internal import FoundationEssentials

/// Numbers that are written down as their bytes.
///
/// Curves of hours hold millions of them; as a list each would take some fifty bytes of memory while it is written or
/// read. For what the same machine reads again: the bytes stand in its own order.
@propertyWrapper
public struct Packed<Number: BitwiseCopyable & Hashable & Sendable>: Hashable, Sendable {
    /// The numbers.
    public var wrappedValue: [Number]

    /// Wraps numbers.
    public init(wrappedValue: [Number]) { self.wrappedValue = wrappedValue }
}

extension Packed: Codable {
    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let data = try container.decode(Data.self)
        let width = MemoryLayout<Number>.stride
        guard data.count.isMultiple(of: width) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a whole number of numbers")
        }
        wrappedValue = data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: width).map { bytes.loadUnaligned(fromByteOffset: $0, as: Number.self) }
        }
    }

    /// Writes the bytes of all numbers as one value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.withUnsafeBytes { Data($0) })
    }
}
