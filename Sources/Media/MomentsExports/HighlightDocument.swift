public import MomentsCore

/// `highlight.json`: which moments were chosen and why, where they stand in the reel, and what was proved of it.
public struct HighlightDocument<Verification: Encodable & Sendable>: Encodable, Sendable {
    /// How the moments were looked for.
    public struct Analysis: Encodable, Sendable {
        private let mode: AnalysisMode
        private let framesDecodedShare: Double
        private let reason: String

        private enum CodingKeys: String, CodingKey {
            case mode
            case framesDecodedShare = "frames_decoded_share"
            case reason
        }

        /// Makes a description.
        ///
        /// - Parameters:
        ///   - mode: What was asked for.
        ///   - framesDecodedShare: The frames decoded, as a share of all: 0–1, more where some were decoded twice.
        ///   - reason: Why so many.
        public init(mode: AnalysisMode, framesDecodedShare: Double, reason: String) {
            self.mode = mode
            self.framesDecodedShare = framesDecodedShare.thousandths
            self.reason = reason
        }
    }

    private let schema = "momentsd.highlight/1"
    private let source: FilePath
    private let title: String
    private let duration: Double
    private let targetDuration: Double
    private let reelDuration: Double
    private let quality: Quality
    private let note: String?
    private let analysis: Analysis
    private let shots: [HighlightShot]
    private let nearMisses: [HighlightNearMiss]
    private let poster: HighlightPoster?
    private let marks: [HighlightMark]?
    private let verification: Verification
    private let further: [HighlightAspect<Verification>]?

    private enum CodingKeys: String, CodingKey {
        case schema
        case source
        case title
        case duration
        case targetDuration = "target_duration"
        case reelDuration = "reel_duration"
        case quality
        case note
        case analysis
        case shots
        case nearMisses = "near_misses"
        case poster
        case marks
        case verification
        case further = "further_reels"
    }

    /// Makes the document; shots are named by their order, from shot_001 on.
    ///
    /// - Parameters:
    ///   - source: The video's name.
    ///   - duration: How long the video is.
    ///   - options: What was asked for; without a title of its own the reel has the file's.
    ///   - analysis: How the moments were looked for.
    ///   - reelDuration: How long the reel is.
    ///   - shots: The shots, in the reel's order.
    ///   - nearMisses: What nearly came in, best first.
    ///   - poster: The poster, and when it is; left out where nobody knows.
    ///   - marks: What was marked in the video; left out where nothing is.
    ///   - note: What people should know of the choice, such as that nothing stood out; left out where nil.
    ///   - verification: What reading the reel back showed.
    ///   - further: The same reel in other shapes; left out where there is none.
    public init(
        source: FilePath,
        duration: MediaTime,
        options: JobOptions,
        analysis: Analysis,
        reelDuration: MediaTime,
        shots: [HighlightShot],
        nearMisses: [HighlightNearMiss],
        poster: HighlightPoster? = nil,
        marks: [Mark] = [],
        note: String?,
        verification: Verification,
        further: [HighlightAspect<Verification>] = []
    ) {
        self.source = source
        title = options.title ?? source.stem.text
        self.duration = duration.exportedSeconds
        targetDuration = options.targetDuration
        self.reelDuration = reelDuration.exportedSeconds
        quality = options.quality
        self.note = note
        self.analysis = analysis
        let shots = shots.enumerated().map { index, shot in shot.named(number: index + 1) }
        self.shots = shots
        self.marks = marks.isEmpty ? nil : marks.map { HighlightMark($0, in: shots) }
        self.nearMisses = nearMisses
        self.poster = poster
        self.verification = verification
        self.further = further.isEmpty ? nil : further
    }

    /// The file.
    ///
    /// - Returns: `highlight.json`.
    /// - Throws: `EncodingError`.
    public func file() throws -> ExportedFile {
        try ExportedFile(kind: "highlight_data", name: "highlight.json", document: self)
    }
}

extension Double {
    /// Rounded to three decimals: enough for scores and shares.
    var thousandths: Double { (self * 1000).rounded() / 1000 }
}
