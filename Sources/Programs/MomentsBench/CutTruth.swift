internal import MomentsCore

/// What is known of a video's shot boundaries: a `NAME.truth.json` with `cuts`.
public struct CutTruth: Decodable, Sendable {
    /// A boundary.
    public struct Cut: Decodable, Sendable {
        /// When the new scene starts; of a gradual one, its middle.
        public let time: Double
        /// Whether one picture follows the other, with nothing mixed.
        public let isHard: Bool
        /// The transition's first frame.
        public let startFrame: Double
        /// The frame after its last one.
        public let endFrame: Double

        private enum CodingKeys: String, CodingKey {
            case time
            case type
            case startFrame = "start_frame"
            case endFrame = "end_frame"
        }

        /// Makes a boundary.
        public init(time: Double, isHard: Bool, startFrame: Double, endFrame: Double) {
            self.time = time
            self.isHard = isHard
            self.startFrame = startFrame
            self.endFrame = endFrame
        }

        /// Reads a boundary.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            time = try values.decode(Double.self, forKey: .time)
            isHard = try values.decode(String.self, forKey: .type) == "hard"
            startFrame = try values.decode(Double.self, forKey: .startFrame)
            endFrame = try values.decode(Double.self, forKey: .endFrame)
        }
    }

    /// Seconds a frame is shown; of a variable rate, on average.
    public let frame: Double
    /// The boundaries, in order.
    public let cuts: [Cut]

    private enum CodingKeys: String, CodingKey {
        case fps
        case frames
        case duration
        case cuts
    }

    /// Makes a truth.
    public init(frame: Double, cuts: [Cut]) {
        self.frame = frame
        self.cuts = cuts
    }

    /// Reads a truth; a rate that is no number is the number of frames over the duration.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        cuts = try values.decode([Cut].self, forKey: .cuts)
        if let rate = Rational(text: try values.decode(String.self, forKey: .fps)), rate.isPositive {
            frame = 1 / rate.value
        } else {
            frame = try values.decode(Double.self, forKey: .duration) / values.decode(Double.self, forKey: .frames)
        }
    }
}
