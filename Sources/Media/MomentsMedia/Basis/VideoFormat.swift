internal import CLibAV
public import MomentsCore

/// What a video stream's frames are like, as the headers say.
public struct VideoFormat: Hashable, Sendable {
    /// Coded width in pixels.
    public let width: Int
    /// Coded height in pixels.
    public let height: Int
    /// A pixel's width by its height; 1/1 where the file does not say.
    public let sampleAspectRatio: Rational
    /// How the frame is turned and mirrored for showing.
    public let orientation: Orientation
    /// The pixel format's name, such as "yuv420p10le"; empty where unknown.
    public let pixelFormat: String
    /// Bits per sample; 8 where unknown.
    public let bitDepth: Int
    /// The name of the colour primaries, such as "bt709"; "unknown" where not tagged.
    public let primaries: String
    /// The name of the transfer characteristic, such as "smpte2084"; "unknown" where not tagged.
    public let transfer: String
    /// The name of the colour matrix, such as "bt709"; "unknown" where not tagged.
    public let matrix: String
    /// The name of the value range, "tv" or "pc"; "unknown" where not tagged.
    public let range: String
    /// Whether the headers call it interlaced.
    public let isInterlaced: Bool

    /// Whether some of its tags are values that no standard gives a meaning: players may refuse them.
    public let hasRefusedTags: Bool

    /// Whether its brightness is coded for HDR (SMPTE ST 2084 "PQ" or ARIB STD-B67 "HLG").
    public var isHDR: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }

    /// The matrix its colours were most likely made with: the tag, else what players assume for the size.
    package var likelyMatrix: String {
        switch matrix {
        case "bt709", "smpte240m", "fcc": matrix
        case "bt2020nc", "bt2020c": "bt2020"
        case "bt470bg", "smpte170m": "bt601"
        default: isHDR ? "bt2020" : height >= 720 || width >= 1280 ? "bt709" : "bt601"
        }
    }

    /// The size as shown: square pixels, right way up; even numbers, at least 2.
    public var displaySize: (width: Int, height: Int) {
        let segment = sampleAspectRatio.isPositive ? sampleAspectRatio.value : 1
        // Growing, never shrinking, keeps every coded line or column.
        let wide = segment >= 1 ? Double(width) * segment : Double(width)
        let high = segment >= 1 ? Double(height) : Double(height) / segment
        let (even, other) = (Self.even(wide), Self.even(high))
        return orientation.swapsSides ? (other, even) : (even, other)
    }

    private static func even(_ length: Double) -> Int { max(2, Int((length / 2).rounded()) * 2) }

    init(_ stream: AVStream) {
        let parameters = stream.codecpar.pointee
        let isVideo = parameters.codec_type == AVMEDIA_TYPE_VIDEO
        width = isVideo ? Int(parameters.width) : 0
        height = isVideo ? Int(parameters.height) : 0
        let own = Rational(stream.sample_aspect_ratio)
        let coded = Rational(parameters.sample_aspect_ratio)
        let ratio = own.isPositive ? own : coded
        // An absurd ratio is damage, not an aspect.
        sampleAspectRatio = ratio.isPositive && (0.05...20).contains(ratio.value) ? ratio : Rational(1, 1)
        orientation = Orientation(stream)
        let format = AVPixelFormat(parameters.format)
        pixelFormat = isVideo ? av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "" : ""
        bitDepth = isVideo ? av_pix_fmt_desc_get(format).map { Int($0.pointee.comp.0.depth) } ?? 8 : 0
        primaries = av_color_primaries_name(parameters.color_primaries).map { String(cString: $0) } ?? "unknown"
        transfer = av_color_transfer_name(parameters.color_trc).map { String(cString: $0) } ?? "unknown"
        matrix = av_color_space_name(parameters.color_space).map { String(cString: $0) } ?? "unknown"
        range = av_color_range_name(parameters.color_range).map { String(cString: $0) } ?? "unknown"
        let tags = [primaries, transfer, matrix]
        let isGBR = matrix == "gbr" && pixelFormat.hasPrefix("yuv")
        hasRefusedTags =
            isVideo && (tags.contains("reserved") || isGBR || ratio.isPositive && sampleAspectRatio != ratio)
        let order = parameters.field_order
        isInterlaced = order != AV_FIELD_UNKNOWN && order != AV_FIELD_PROGRESSIVE
    }
}
