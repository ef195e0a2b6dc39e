internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// Keeps the best frame seen so far.
struct BestStill {
    private let preparation: FramePreparation
    private let quality: Int
    private var kept: KeptFrame?
    private var time = MediaTime.zero
    private var rank = -1.0
    private var isGood = false

    init(_ preparation: FramePreparation, quality: Int) {
        self.preparation = preparation
        self.quality = quality
    }

    /// Whether there is any frame at all.
    var isEmpty: Bool { rank < 0 }

    /// Looks at a frame, and keeps it if it is better.
    ///
    /// - Parameters:
    ///   - frame: The frame.
    ///   - merit: How good it looks; nil for a damaged one.
    ///   - time: When it is shown.
    ///   - weight: What its score is multiplied by.
    /// - Returns: Whether it is good.
    /// - Throws: `MediaError`.
    mutating func consider(
        _ frame: borrowing Frame,
        merit: FrameMerit?,
        at time: MediaTime,
        weight: Double = 1
    ) throws -> Bool {
        let shows = merit?.showsSomething ?? false
        // A good one beats every other; a damaged one with content beats black; black beats nothing.
        let place = merit.map { $0.showsSomething ? 1 + $0.score * weight : min(0.4, $0.contrast / 100) } ?? 0.5
        guard place > rank else { return shows }
        kept = try KeptFrame(frame)
        self.time = time
        rank = place
        isGood = shows
        return shows
    }

    /// The best one, as a JPEG.
    func still() throws -> Still {
        guard let kept else { throw StillsError.noFrame }
        let jpeg = try kept.withFrame { frame in try StillWriter.jpeg(frame, preparation, quality: quality) }
        return Still(
            bytes: jpeg,
            width: preparation.width,
            height: preparation.height,
            time: time,
            isGood: isGood
        )
    }
}
