package import CLibAV

/// How a reel's channels are placed: one of the layouts that every AAC player knows.
public enum AudioLayout: Int, CaseIterable, Sendable {
    case mono = 1
    case stereo
    /// Left, right, centre.
    case surround
    /// The same and one behind.
    case fourPoint
    /// Left, right, centre, and two behind.
    case fivePoint
    /// The same and one for the lowest tones.
    case fivePointOne

    /// How many channels it has.
    public var channels: Int { rawValue }

    /// The smallest layout that has a place for all of a source's channels; what has none is mixed into the largest.
    init(holding source: AVChannelLayout) {
        var source = source
        // A layout nobody named is taken for the usual one of that many channels.
        if source.order != AV_CHANNEL_ORDER_NATIVE { av_channel_layout_default(&source, source.nb_channels) }
        let named = source.order == AV_CHANNEL_ORDER_NATIVE ? source.u.mask : 0
        // Speakers at the sides and behind are one pair here.
        let pair = UInt64(3) << 4
        let mask = named & (3 << 9) != 0 && named & pair == 0 ? named & ~(3 << 9) | pair : named
        self = Self.allCases.first { mask != 0 && mask & ~$0.mask == 0 } ?? Self(channelsAtMost: source.nb_channels)
    }

    private init(channelsAtMost count: CInt) { self = Self(rawValue: Int(count)) ?? .fivePointOne }

    /// The layout of so many channels; more than six count as six.
    package init(channels: Int) { self = Self(rawValue: max(1, channels)) ?? .fivePointOne }

    /// Bits as WAVE counts speakers: front left and right, centre, low, back left and right, and at bit 8 back centre.
    private var mask: UInt64 {
        switch self {
        case .mono: 0x4
        case .stereo: 0x3
        case .surround: 0x7
        case .fourPoint: 0x107
        case .fivePoint: 0x37
        case .fivePointOne: 0x3f
        }
    }

    /// The same for libav.
    package var raw: AVChannelLayout {
        var layout = AVChannelLayout()
        av_channel_layout_from_mask(&layout, mask)
        return layout
    }
}
