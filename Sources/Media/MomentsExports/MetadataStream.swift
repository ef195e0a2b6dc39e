public import MomentsCore

/// One stream of the source, as `metadata.json` tells of it.
public struct MetadataStream: Encodable, Sendable {
    /// What is known of a stream of frames.
    public struct Video: Encodable, Sendable {
        /// Coded width in pixels.
        public var width: Int
        /// Coded height in pixels.
        public var height: Int
        /// Width as shown: square pixels, right way up.
        public var displayWidth: Int
        /// Height as shown: square pixels, right way up.
        public var displayHeight: Int
        /// A pixel's width by its height.
        public var sampleAspectRatio: Rational
        /// The shown frame's width by its height.
        public var displayAspectRatio: Rational
        /// Degrees clockwise it is turned for showing.
        public var rotation: Int
        /// Whether it is mirrored before it is turned.
        public var mirrored: Bool
        /// The pixel format's name.
        public var pixelFormat: String
        /// Bits per sample.
        public var bitDepth: Int
        /// The names of primaries, transfer, matrix and range; "unknown" where not tagged.
        public var color: [String: String]
        /// Whether it is coded for HDR.
        public var hdr: Bool
        /// Whether the headers call it interlaced.
        public var interlaced: Bool
        /// The average frame rate; nil where unknown.
        public var frameRate: Rational?
        /// The smallest common frame rate; nil where unknown.
        public var nominalFrameRate: Rational?

        private enum CodingKeys: String, CodingKey {
            case width
            case height
            case displayWidth = "display_width"
            case displayHeight = "display_height"
            case sampleAspectRatio = "sample_aspect_ratio"
            case displayAspectRatio = "display_aspect_ratio"
            case rotation
            case mirrored
            case pixelFormat = "pixel_format"
            case bitDepth = "bit_depth"
            case color
            case hdr
            case interlaced
            case frameRate = "frame_rate"
            case nominalFrameRate = "nominal_frame_rate"
        }

        /// Makes a description of an upright frame with square pixels, 8 bits and no tags; set what differs.
        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
            displayWidth = width
            displayHeight = height
            sampleAspectRatio = Rational(1, 1)
            displayAspectRatio = Rational(Int64(width), Int64(max(1, height)))
            rotation = 0
            mirrored = false
            pixelFormat = "yuv420p"
            bitDepth = 8
            color = [:]
            hdr = false
            interlaced = false
        }
    }

    /// What is known of a stream of audio.
    public struct Audio: Encodable, Sendable {
        private let sampleRate: Int
        private let channels: Int

        private enum CodingKeys: String, CodingKey {
            case sampleRate = "sample_rate"
            case channels
        }

        /// Makes a description.
        public init(sampleRate: Int, channels: Int) {
            self.sampleRate = sampleRate
            self.channels = channels
        }
    }

    /// Its place in the file.
    public var index: Int
    /// "video", "audio", "subtitle" or "data".
    public var kind: String
    /// The codec's name.
    public var codec: String
    /// The profile's name; nil where unknown.
    public var profile: String?
    /// Bits per second; nil where unknown.
    public var bitRate: Int64?
    /// Seconds per tick of its clock.
    public var timeBase: Rational
    /// Its language, as the file says.
    public var language: String?
    /// Whether the reel is made of it.
    public var used: Bool
    /// Whether the file marks it as the one to play.
    public var isDefault: Bool
    /// Whether it is a cover picture.
    public var attachedPicture: Bool
    /// The number of its packets.
    public var packets: Int
    /// The bytes of its packets.
    public var bytes: Int64
    /// Its tags.
    public var tags: [String: String]
    /// For frames.
    public var video: Video?
    /// For audio.
    public var audio: Audio?

    private enum CodingKeys: String, CodingKey {
        case index
        case kind
        case codec
        case profile
        case bitRate = "bit_rate"
        case timeBase = "time_base"
        case language
        case used
        case isDefault = "default"
        case attachedPicture = "attached_picture"
        case packets
        case bytes
        case tags
        case video = "picture"
        case audio = "sound"
    }

    /// Makes a description of a stream nothing more is known of; set what is.
    public init(index: Int, kind: String, codec: String, timeBase: Rational) {
        self.index = index
        self.kind = kind
        self.codec = codec
        self.timeBase = timeBase
        used = false
        isDefault = false
        attachedPicture = false
        packets = 0
        bytes = 0
        tags = [:]
    }
}
