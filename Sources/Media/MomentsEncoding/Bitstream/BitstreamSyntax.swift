/// What the units of a codec's frames are (ITU-T H.264 table 7-1, H.265 table 7-1; VP9 and AV1: whole packets).
enum BitstreamSyntax {
    case h264
    case hevc
    /// Packets that are one unit each, with all they are decoded by.
    case vp9
    case av1

    /// The syntax of a codec, by libavcodec's name; nil where its frames are not copied.
    init?(codec: String) {
        switch codec {
        case "h264": self = .h264
        case "hevc": self = .hevc
        case "vp9": self = .vp9
        case "av1": self = .av1
        default: return nil
        }
    }

    /// Whether packets consist of units, some of which are parameter sets.
    var hasParameterSets: Bool { self == .h264 || self == .hevc }

    /// What a unit is.
    enum Role: Equatable {
        /// A parameter set of a kind, with its number.
        case parameters(ParameterSets.Kind, UInt32)
        /// A part of a frame.
        case frame(CodedStart)
        /// Something that cannot be taken over; half a sentence says what.
        case unfit(String)
        /// Whatever may be left as it is.
        case other
    }

    /// What a unit is, by its header and, for a parameter set, its first numbers.
    func role(of unit: UnsafeBufferPointer<UInt8>) -> Role {
        switch self {
        case .h264: Self.h264Role(unit)
        case .hevc: Self.hevcRole(unit)
        case .vp9: FrameHeader.vp9(unit)
        case .av1: FrameHeader.av1(unit)
        }
    }

    private static func h264Role(_ unit: UnsafeBufferPointer<UInt8>) -> Role {
        switch unit[0] & 31 {
        case 1: return .frame(.none)
        case 2, 3, 4: return .unfit("its pictures are coded in partitions")
        case 5: return .frame(.closed)
        case 7:
            guard let header = SequenceHeader(unit) else { return .unfit("its headers are damaged") }
            return header.mayHaveFields
                ? .unfit("it may be interlaced") : .parameters(.sequence, header.number)
        case 8:
            var reader = BitReader(unit: unit)
            reader.skip(8)
            return .parameters(.frame, reader.unsigned())
        case 13, 15: return .unfit("it has layers")
        default: return .other
        }
    }

    private static func hevcRole(_ unit: UnsafeBufferPointer<UInt8>) -> Role {
        guard unit.count > 2 else { return .other }
        var reader = BitReader(unit: unit)
        reader.skip(16)
        // The five bits of the layer's number; only the base layer is shown.
        if unit[0] & 1 != 0 || unit[1] >> 3 != 0 { return .unfit("it has layers") }
        switch unit[0] >> 1 & 63 {
        case 19, 20: return .frame(.closed)
        case 21: return .frame(.open)
        case 0...31: return .frame(.none)
        case 32: return .parameters(.video, reader.bits(4))
        case 33:
            guard let number = sequenceNumber(&reader) else { return .unfit("its headers are damaged") }
            return .parameters(.sequence, number)
        case 34: return .parameters(.frame, reader.unsigned())
        default: return .other
        }
    }

    /// The number of an H.265 sequence parameter set (7.3.2.2.1).
    private static func sequenceNumber(_ reader: inout BitReader) -> UInt32? {
        skipToSequenceNumber(&reader)
        let number = reader.unsigned()
        return reader.isPastEnd || number > 15 ? nil : number
    }

    /// At which bit of an H.265 sequence parameter set its number stands.
    static func placeOfSequenceNumber(_ unit: UnsafeBufferPointer<UInt8>) -> Int {
        var reader = BitReader(unit: unit)
        reader.skip(16)
        skipToSequenceNumber(&reader)
        return reader.position
    }

    /// Passes over the profile, tier and levels.
    private static func skipToSequenceNumber(_ reader: inout BitReader) {
        reader.skip(4)
        let subLayers = Int(reader.bits(3))
        reader.skip(1 + 88 + 8)
        let present = (0..<subLayers).map { _ in (profile: reader.flag(), level: reader.flag()) }
        if subLayers > 0 { reader.skip(2 * (8 - subLayers)) }
        for layer in present { reader.skip((layer.profile ? 88 : 0) + (layer.level ? 8 : 0)) }
    }

    /// A unit as the first of a copied segment: what an open start's earlier frames need is not there any more, and
    /// H.265 has a name for such a start ("broken link", without leading frames).
    func opened(_ unit: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let isOpen = self == .hevc && unit[0] >> 1 & 63 == 21
        return isOpen ? unit[0] & 0x81 | 18 << 1 : unit[0]
    }
}
