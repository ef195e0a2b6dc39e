public import MomentsCore

/// A segment of the source in the reel, as `highlight.json` tells of it.
public struct HighlightShot: Encodable, Sendable {
    let identifier: String
    let range: TimeRange
    private let reelRange: TimeRange
    private let score: Double
    private let signals: [String: Double]
    private let reasons: [String]
    private let words: String?
    private let copiedShare: Double
    private let copyReason: String?

    private enum CodingKeys: String, CodingKey {
        case identifier = "shot_id"
        case start = "in"
        case end = "out"
        case duration
        case reelStart = "reel_in"
        case reelEnd = "reel_out"
        case score
        case signals
        case reasons
        case words
        case copiedShare = "copied_share"
        case copyReason = "copy_reason"
    }

    /// Makes a shot; its identifier comes from its place in the reel.
    ///
    /// - Parameters:
    ///   - range: From the first frame shown to the end of the last, on the source's clock.
    ///   - reelRange: The same on the reel's clock.
    ///   - score: How good it is among the candidates: 0–1.
    ///   - signals: What stood out, in robust standard deviations.
    ///   - reasons: The same in plain words.
    ///   - words: What is said in it; left out where nil.
    ///   - copiedShare: The share of its frames taken over without encoding: 0–1.
    ///   - copyReason: Why it is not more; left out where nil.
    public init(
        range: TimeRange,
        reelRange: TimeRange,
        score: Double,
        signals: [String: Double],
        reasons: [String],
        words: String? = nil,
        copiedShare: Double = 0,
        copyReason: String? = nil
    ) {
        self.init(
            identifier: "",
            range: range,
            reelRange: reelRange,
            score: score,
            signals: signals,
            reasons: reasons,
            words: words,
            copiedShare: copiedShare,
            copyReason: copyReason
        )
    }

    private init(
        identifier: String,
        range: TimeRange,
        reelRange: TimeRange,
        score: Double,
        signals: [String: Double],
        reasons: [String],
        words: String?,
        copiedShare: Double,
        copyReason: String?
    ) {
        self.identifier = identifier
        self.range = range
        self.reelRange = reelRange
        self.score = score
        self.signals = signals
        self.reasons = reasons
        self.words = words
        self.copiedShare = copiedShare
        self.copyReason = copyReason
    }

    /// The name of the shot at a place in a reel, from 1: "shot_001".
    ///
    /// - Parameter number: The place.
    /// - Returns: The name, as reasons refer to it too.
    public static func name(_ number: Int) -> String {
        let digits = String(number)
        return "shot_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    func named(number: Int) -> HighlightShot {
        HighlightShot(
            identifier: Self.name(number),
            range: range,
            reelRange: reelRange,
            score: score,
            signals: signals,
            reasons: reasons,
            words: words,
            copiedShare: copiedShare,
            copyReason: copyReason
        )
    }

    /// Writes the shot with its times in seconds.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(identifier, forKey: .identifier)
        try values.encode(range.start.exportedSeconds, forKey: .start)
        try values.encode(range.end.exportedSeconds, forKey: .end)
        try values.encode(range.duration.exportedSeconds, forKey: .duration)
        try values.encode(reelRange.start.exportedSeconds, forKey: .reelStart)
        try values.encode(reelRange.end.exportedSeconds, forKey: .reelEnd)
        try values.encode(score.thousandths, forKey: .score)
        try values.encode(signals.mapValues(\.thousandths), forKey: .signals)
        try values.encode(reasons, forKey: .reasons)
        try values.encodeIfPresent(words, forKey: .words)
        try values.encode(copiedShare.thousandths, forKey: .copiedShare)
        try values.encodeIfPresent(copyReason, forKey: .copyReason)
    }
}
