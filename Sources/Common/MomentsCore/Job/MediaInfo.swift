/// What a video is, as its container and streams say; the manifest's `media`.
public struct MediaInfo: Hashable, Codable, Sendable {
    /// Seconds from the first frame shown to the end of the last one.
    public var duration: Double
    /// The duration as HH:MM:SS.
    public var durationText: String
    /// The coded frame's width in pixels, before rotation.
    public var width: Int
    /// The coded frame's height in pixels, before rotation.
    public var height: Int
    /// Degrees clockwise the frame is turned for showing: 0, 90, 180 or 270.
    public var rotation: Int
    /// The average frame rate; `Rational.unknown` where it cannot be told.
    public var frameRate: Rational
    /// The number of frames, or its best estimate.
    public var totalFrames: Int
    /// The video codec's name, such as "h264".
    public var videoCodec: String
    /// The codec of the audio used, or nil without audio.
    public var audioCodec: String?
    /// The container's name, such as "mov,mp4,m4a,3gp,3g2,mj2".
    public var container: String
    /// Bits per second of the whole file.
    public var bitRate: Int64
    /// When it was recorded, where the file says so.
    public var capturedAt: Timestamp?

    private enum CodingKeys: String, CodingKey {
        case duration
        case durationText = "duration_text"
        case width
        case height
        case rotation
        case frameRate = "frame_rate"
        case totalFrames = "total_frames"
        case videoCodec = "video_codec"
        case audioCodec = "audio_codec"
        case container
        case bitRate = "bit_rate"
        case capturedAt = "captured_at"
    }

    /// Makes a description; the duration's text follows from the duration.
    public init(
        duration: Double,
        width: Int,
        height: Int,
        rotation: Int,
        frameRate: Rational,
        totalFrames: Int,
        videoCodec: String,
        audioCodec: String?,
        container: String,
        bitRate: Int64,
        capturedAt: Timestamp?
    ) {
        self.duration = duration
        self.durationText = ClockText.hoursMinutesSeconds(duration)
        self.width = width
        self.height = height
        self.rotation = rotation
        self.frameRate = frameRate
        self.totalFrames = totalFrames
        self.videoCodec = videoCodec
        self.audioCodec = audioCodec
        self.container = container
        self.bitRate = bitRate
        self.capturedAt = capturedAt
    }
}

extension MediaInfo {
    /// The same description with every text cut to so many characters.
    public func cut(to longest: Int) -> MediaInfo {
        var media = self
        media.durationText = durationText.cut(toBytes: longest)
        media.videoCodec = videoCodec.cut(toBytes: longest)
        media.audioCodec = audioCodec.map { $0.cut(toBytes: longest) }
        media.container = container.cut(toBytes: longest)
        return media
    }
}
