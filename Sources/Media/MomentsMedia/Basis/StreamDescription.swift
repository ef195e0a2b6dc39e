package import CLibAV
public import MomentsCore

/// One stream of a container, as its headers say.
public struct StreamDescription: Hashable, Sendable {
    /// What a stream carries.
    public enum Kind: String, Sendable {
        case video
        case audio
        case subtitle
        case data
    }

    /// Its place in the file.
    public let index: Int
    /// What it carries.
    public let kind: Kind
    /// The codec's name, such as "h264"; "none" where unknown.
    public let codec: String
    /// The profile's name, such as "High 10"; empty where unknown.
    public let profile: String
    /// Seconds per tick of its clock.
    public private(set) var timeBase: Rational
    /// The end of the stream in ticks of its clock, as the container's headers say; nil where they do not.
    public let declaredEnd: Int64?
    /// The tags of the stream, such as "language".
    public let tags: [String: String]
    /// Whether a decoder for it is there.
    public let isDecodable: Bool
    /// Whether the file marks it as the one to play.
    public let isDefault: Bool
    /// Whether it is no track of the scene itself: a commentary, a description, a part of another track.
    public let isAside: Bool
    /// Whether it is a cover or thumbnail, no video.
    public let isAttachedPicture: Bool
    /// Bits per second; 0 where unknown.
    public let bitRate: Int64
    /// What the frames are like; all zero for audio.
    public let format: VideoFormat
    /// Audio samples per second; 0 for frames.
    public let sampleRate: Int
    /// Audio channels; 0 for frames.
    public let channels: Int
    /// How a reel of this audio places its channels.
    public let reelLayout: AudioLayout
    /// The average frame rate; unknown where the headers do not say.
    public private(set) var frameRate: Rational
    /// The smallest common frame rate; larger than the average for a variable rate.
    public private(set) var nominalFrameRate: Rational

    private static let asides =
        AV_DISPOSITION_COMMENT | AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_HEARING_IMPAIRED
        | AV_DISPOSITION_DESCRIPTIONS | AV_DISPOSITION_DEPENDENT | AV_DISPOSITION_KARAOKE

    init(_ raw: AVStream) {
        let parameters = raw.codecpar.pointee
        index = Int(raw.index)
        kind =
            switch parameters.codec_type {
            case AVMEDIA_TYPE_VIDEO: .video
            case AVMEDIA_TYPE_AUDIO: .audio
            case AVMEDIA_TYPE_SUBTITLE: .subtitle
            default: .data
            }
        codec = String(cString: avcodec_get_name(parameters.codec_id))
        profile = avcodec_profile_name(parameters.codec_id, parameters.profile).map { String(cString: $0) } ?? ""
        timeBase = Rational(raw.time_base)
        let (start, length) = (raw.start_time == moments_av_nopts ? 0 : raw.start_time, raw.duration)
        let (end, overflow) = start.addingReportingOverflow(length)
        declaredEnd = length == moments_av_nopts || length <= 0 || overflow ? nil : end
        tags = readTags(raw.metadata)
        isDecodable = avcodec_find_decoder(parameters.codec_id) != nil
        isDefault = raw.disposition & AV_DISPOSITION_DEFAULT != 0
        let title = tags["title"]?.lowercased() ?? ""
        isAside =
            raw.disposition & Self.asides != 0
            || ["commentary", "audio description", "descriptive"].contains { title.contains($0) }
        isAttachedPicture = raw.disposition & AV_DISPOSITION_ATTACHED_PIC != 0
        bitRate = parameters.bit_rate
        format = VideoFormat(raw)
        sampleRate = Int(parameters.sample_rate)
        channels = Int(parameters.ch_layout.nb_channels)
        reelLayout = AudioLayout(holding: parameters.ch_layout)
        frameRate = Rational(raw.avg_frame_rate)
        nominalFrameRate = Rational(raw.r_frame_rate)
    }

    /// Whether it holds subtitles as text.
    public var isText: Bool {
        kind == .subtitle && ["mov_text", "subrip", "srt", "webvtt", "ass", "ssa", "text"].contains(codec)
    }

    /// Pictures whose times differ by less ticks than these share one: half a thousandth of a second, of which no camera
    /// tells more.
    public var leastStep: Int64 { max(1, Int64(0.0005 / timeBase.value)) }

    /// Whether packets can share a time since one of them shows nothing of its own: a field, or a hidden reference.
    public var mayHideFrames: Bool { format.isInterlaced || ["vp8", "vp9", "av1"].contains(codec) }

    /// The same on another clock, of which each picture lasts a tick.
    func clocked(by base: Rational?) -> StreamDescription {
        guard let base else { return self }
        var other = self
        other.timeBase = base
        other.frameRate = Rational(base.denominator, base.numerator)
        other.nominalFrameRate = other.frameRate
        return other
    }
}

extension Rational {
    package init(_ raw: AVRational) { self.init(Int64(raw.num), Int64(raw.den)) }

    /// The same fraction for libav; halved until it fits 32 bits.
    package var raw: AVRational {
        var (upper, lower) = (numerator, denominator)
        while upper.magnitude > Int32.max.magnitude || lower.magnitude > Int32.max.magnitude {
            upper /= 2
            lower /= 2
        }
        return AVRational(num: CInt(upper), den: CInt(max(lower, denominator == 0 ? 0 : 1)))
    }
}
