internal import CLibAV
internal import MomentsMedia

/// Gives an H.265 encoder's parameter sets other numbers, so that they can stand beside a source's.
///
/// The encoder's own numbers are 0, which the code writes in one bit. A number from 15 to 30 takes nine: what follows
/// moves by exactly one byte, and nothing behind it must be understood.
struct Renumbering {
    private let video: UInt8
    private let frame: UInt8

    /// The only number a sequence's set can have in nine bits.
    private static let sequence: UInt8 = 15

    /// Finds numbers the source does not use; nil where there are none.
    init?(beside sets: ParameterSets) {
        guard let video = sets.freeNumber(of: .video, in: 0..<16),
            let frame = sets.freeNumber(of: .frame, in: 15..<31),
            sets.freeNumber(of: .sequence, in: 15..<16) != nil
        else { return nil }
        (self.video, self.frame) = (UInt8(video), UInt8(frame))
    }

    /// The units of a packet or header, with start codes, renumbered.
    ///
    /// - Parameter units: What the encoder gave.
    /// - Returns: The same, some bytes longer.
    /// - Throws: `MediaError` (invalid data) where its numbers are not 0.
    func applied(to units: UnsafeBufferPointer<UInt8>) throws -> [UInt8] {
        var result: [UInt8] = []
        do {
            try NALUnitFraming.startCodes.forEachNALUnit(in: units) { unit in
                result += [0, 0, 0, 1]
                result += try applied(toUnit: unit)
            }
        } catch { throw MediaError("renumber", "the encoder's headers", code: moments_averror_invaliddata) }
        return result
    }

    private func applied(toUnit unit: UnsafeBufferPointer<UInt8>) throws -> [UInt8] {
        let kind = unit[0] >> 1 & 63
        guard kind < 32 || (32...34).contains(kind) else { return Array(unit) }
        var payload = EmulationPrevention.removed(from: unit)
        switch kind {
        case 32: payload[2] = video << 4 | payload[2] & 15
        case 33:
            payload[2] = video << 4 | payload[2] & 15
            try insert(Self.sequence, into: &payload, at: BitstreamSyntax.placeOfSequenceNumber(unit))
        case 34:
            try insert(frame, into: &payload, at: 16)
            // The set's own number takes nine bits now.
            try insert(Self.sequence, into: &payload, at: 25)
        default:
            // Behind "first slice of a frame", and for frames to start at one bit more (7.3.6.1).
            try insert(frame, into: &payload, at: (16...23).contains(kind) ? 18 : 17)
        }
        return EmulationPrevention.added(to: payload)
    }

    /// Puts a number of nine bits in the place of a 0.
    private func insert(_ number: UInt8, into payload: inout [UInt8], at bit: Int) throws {
        let (place, shift) = (bit / 8, bit % 8)
        guard place < payload.count, payload[place] >> UInt8(7 - shift) & 1 == 1 else {
            throw MediaError.unfit("the encoder numbers its headers unlike expected")
        }
        let old = UInt16(payload[place])
        let low = old & (1 << UInt16(7 - shift) - 1)
        let high = (old >> UInt16(8 - shift)) << UInt16(16 - shift)
        let both = high | UInt16(number + 1) << UInt16(7 - shift) | low
        payload.replaceSubrange(place...place, with: [UInt8(both >> 8), UInt8(both & 255)])
    }
}
