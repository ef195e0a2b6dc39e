/// The parameter sets of a stream: what its frames are decoded by, each known by its kind and number.
struct ParameterSets {
    /// A set: a complete unit.
    private struct Entry {
        let kind: Kind
        let number: UInt32
        let bytes: [UInt8]
    }

    /// What a set describes, from the outside in.
    enum Kind: Int {
        case video
        case sequence
        case frame
    }

    private var entries: [Entry] = []

    /// Whether there is at least one set for the sequence and one for its frames.
    var isComplete: Bool { [.sequence, .frame].allSatisfy { kind in entries.contains { $0.kind == kind } } }

    /// Takes a set.
    ///
    /// - Returns: False where another one of the same kind and number is there already.
    mutating func add(_ unit: UnsafeBufferPointer<UInt8>, _ kind: Kind, number: UInt32) -> Bool {
        if let known = entries.first(where: { $0.kind == kind && $0.number == number }) {
            return known.bytes.elementsEqual(unit)
        }
        entries.append(Entry(kind: kind, number: number, bytes: Array(unit)))
        return true
    }

    /// Whether exactly this set is known.
    func contains(_ unit: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> Bool {
        entries.contains { $0.kind == kind && $0.bytes.elementsEqual(unit) }
    }

    /// The lowest of some numbers that no set of a kind has.
    func freeNumber(of kind: Kind, in numbers: Range<UInt32>) -> UInt32? {
        numbers.first { number in !entries.contains { $0.kind == kind && $0.number == number } }
    }

    /// The lowest of some numbers that no set of any kind has.
    func freeNumber(in numbers: Range<UInt32>) -> UInt32? {
        numbers.first { number in !entries.contains { $0.number == number } }
    }

    /// All sets and those of `other` behind them, with start codes, as an encoder gives them.
    func joined(with other: [UInt8]) -> [UInt8] {
        entries.sorted { $0.kind.rawValue < $1.kind.rawValue }.flatMap { [0, 0, 0, 1] + $0.bytes } + other
    }
}
