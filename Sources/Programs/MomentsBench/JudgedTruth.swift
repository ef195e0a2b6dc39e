public import MomentsCore

/// What a person would choose of a clip, judged by eye: a `NAME.truth.json` with events that have a weight.
public struct JudgedTruth: Decodable, Sendable {
    /// Something worth showing.
    public struct Event: Decodable, Hashable, Sendable {
        /// When, on the video's clock.
        public let span: Span
        /// How much it is worth: 1–5.
        public let weight: Double
        /// Seconds that suffice of a long, even event; nil where all of it counts.
        public let enough: Double?
        /// What happens.
        public let why: String

        private enum CodingKeys: String, CodingKey {
            case start = "in"
            case end = "out"
            case weight
            case enough
            case why
        }

        /// Makes an event.
        public init(_ span: Span, weight: Double, enough: Double? = nil, why: String = "") {
            self.span = span
            self.weight = weight
            self.enough = enough
            self.why = why
        }

        /// Reads an event.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            span = Span(try values.decode(Double.self, forKey: .start), try values.decode(Double.self, forKey: .end))
            weight = try values.decode(Double.self, forKey: .weight)
            enough = try values.decodeIfPresent(Double.self, forKey: .enough).flatMap { $0 > 0 ? $0 : nil }
            why = try values.decodeIfPresent(String.self, forKey: .why) ?? ""
        }

        /// Seconds of it that count as all of it; more than 0.
        var need: Double { max(1e-9, min(enough ?? .infinity, span.seconds)) }

        /// How much of what is needed of it a reel shows: 0–1; the reel shows no second twice.
        func share(in reel: [Span]) -> Double { min(1, reel.overlap(span) / need) }
    }

    /// What had better not be shown.
    public struct Avoided: Decodable, Sendable {
        /// When, on the video's clock.
        public let span: Span
        /// Whether it is black, a title, a logo, blurred or damaged; else nothing happens there.
        public let isHard: Bool

        private enum CodingKeys: String, CodingKey {
            case start = "in"
            case end = "out"
            case level
        }

        /// Makes a stretch.
        public init(_ span: Span, isHard: Bool) {
            self.span = span
            self.isHard = isHard
        }

        /// Reads a stretch; without a level it is hard.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            span = Span(try values.decode(Double.self, forKey: .start), try values.decode(Double.self, forKey: .end))
            isHard = try values.decodeIfPresent(String.self, forKey: .level) ?? "hard" == "hard"
        }
    }

    /// Times of pictures that would make a good poster, and of such that would make a bad one.
    public struct Posters: Decodable, Hashable, Sendable {
        /// Seconds of good ones.
        public let good: [Double]
        /// Seconds of bad ones.
        public let bad: [Double]

        private enum CodingKeys: String, CodingKey {
            case good
            case bad
        }

        /// Makes a list.
        public init(good: [Double] = [], bad: [Double] = []) { (self.good, self.bad) = (good, bad) }

        /// Reads a list; either may be missing.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            good = try values.decodeIfPresent([Double].self, forKey: .good) ?? []
            bad = try values.decodeIfPresent([Double].self, forKey: .bad) ?? []
        }
    }

    /// A boundary as the file has it: a number for a hard one, an object for a gradual one.
    private struct Cut: Decodable {
        let hard: Double?

        init(from decoder: any Decoder) throws { hard = try? decoder.singleValueContainer().decode(Double.self) }
    }

    /// The video, as a path relative to the folder of the truth.
    public let file: FilePath
    /// Seconds of the video.
    public let duration: Double
    /// What is worth showing.
    public let events: [Event]
    /// What had better not be shown.
    public let avoided: [Avoided]
    /// When new shots begin at hard cuts, in seconds; gradual ones count neither way.
    public let cuts: [Double]
    /// When a poster would be good or bad; empty where nobody looked.
    public let posters: Posters
    /// The kind of clip, such as "sport": what the file names, else the folder its video lies in.
    public let group: String
    /// How sure the judge was: good, fair or weak.
    public let confidence: String
    /// How long a reel of it should be, in seconds.
    public let target: Double

    private enum CodingKeys: String, CodingKey {
        case file
        case duration
        case events
        case avoid
        case cuts
        case posters
        case group
        case confidence
        case target
    }

    /// Makes a truth.
    public init(
        file: FilePath = "",
        duration: Double,
        events: [Event],
        avoided: [Avoided] = [],
        cuts: [Double] = [],
        posters: Posters = Posters(),
        group: String? = nil,
        confidence: String = "good",
        target: Double? = nil
    ) {
        self.file = file
        self.duration = duration
        self.events = events
        self.avoided = avoided
        self.cuts = cuts
        self.posters = posters
        self.group = group ?? Self.group(of: file)
        self.confidence = confidence
        self.target = target ?? (duration >= 24 ? 12 : duration / 2)
    }

    /// Reads a truth.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            file: try values.decode(FilePath.self, forKey: .file),
            duration: try values.decode(Double.self, forKey: .duration),
            events: try values.decode([Event].self, forKey: .events),
            avoided: try values.decodeIfPresent([Avoided].self, forKey: .avoid) ?? [],
            cuts: (try values.decodeIfPresent([Cut].self, forKey: .cuts) ?? []).compactMap(\.hard),
            posters: try values.decodeIfPresent(Posters.self, forKey: .posters) ?? Posters(),
            group: try values.decodeIfPresent(String.self, forKey: .group),
            confidence: try values.decodeIfPresent(String.self, forKey: .confidence) ?? "unknown",
            target: try values.decodeIfPresent(Double.self, forKey: .target)
        )
    }

    /// Whether the judge was sure.
    public var isSure: Bool { confidence == "good" }

    private static func group(of file: FilePath) -> String {
        let folder = file.parent.name.text
        return ["", ".", "..", "media"].contains(folder) ? "other" : folder
    }
}
