/// What reading a reel back measured; `verification` of `highlight.json`.
public struct Verification: Hashable, Codable, Sendable {
    /// Where a shot begins.
    public struct Join: Hashable, Codable, Sendable {
        /// When, in seconds of the reel.
        public let time: Double
        /// How alike the shot's first frame is to the source's (1 is equal); nil where it is copied.
        public let first: Double?
        /// The same for its last frame.
        public let last: Double?
        /// Seconds by which the audio is late there; nil where it is too even to tell.
        public var skew: Double?

        private enum CodingKeys: String, CodingKey {
            case time
            case first = "first_likeness"
            case last = "last_likeness"
            case skew
        }
    }

    /// What the audio measured.
    public struct Audio: Hashable, Codable, Sendable {
        /// Seconds by which it starts after the frames.
        public let skewAtStart: Double
        /// Seconds by which it ends after the frames.
        public let skewAtEnd: Double
        /// Integrated loudness in LUFS (EBU R 128); nil for silence.
        public let loudness: Double?
        /// The highest true peak in dBTP; nil for silence.
        public let peak: Double?
        /// The largest step from one sample to the next near a join; 1 is half of full scale.
        public let stepAtJoins: Double
        /// The same anywhere else.
        public let stepElsewhere: Double

        private enum CodingKeys: String, CodingKey {
            case skewAtStart = "skew_at_start"
            case skewAtEnd = "skew_at_end"
            case loudness
            case peak = "true_peak"
            case stepAtJoins = "step_at_joins"
            case stepElsewhere = "step_elsewhere"
        }
    }

    /// Frames in the reel, each at its time and with its content as written.
    public let frames: Int
    /// How many of them are the source's own, byte for byte.
    public let copiedFrames: Int
    /// How many were decoded for the proof.
    public let decodedFrames: Int
    /// Seconds from the first frame to the end of the last.
    public let duration: Double
    /// Packets that no decoder took.
    public let damagedPackets: Int
    /// The shots' edges.
    public let joins: [Join]
    /// The audio; nil without.
    public let audio: Audio?
    /// What a first reel failed by, so that all its frames were encoded instead; nil where the first one passed.
    public var failedBefore: String?

    private enum CodingKeys: String, CodingKey {
        case frames = "pictures"
        case copiedFrames = "copied_pictures"
        case decodedFrames = "decoded_pictures"
        case duration
        case damagedPackets = "damaged_packets"
        case joins
        case audio = "sound"
        case failedBefore = "failed_before"
    }
}
