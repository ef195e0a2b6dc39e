internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// Keeps the best frame seen so far.
struct BestStill {
    private let preparation: FramePreparation
    private let form: StillForm
    private var kept: KeptFrame?
    private var time = MediaTime.zero
    private var rank = -1.0
    private var isGood = false

    init(_ preparation: FramePreparation, _ form: StillForm) {
        self.preparation = preparation
        self.form = form
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

    /// The best one, as a file; its note of the recording tells of the frame's own time.
    func still() throws -> Still {
        guard let kept else { throw StillsError.noFrame }
        var form = form
        form.capture = form.capture?.adding(seconds: time.seconds)
        let bytes = try kept.withFrame { frame in try StillWriter.bytes(frame, preparation, as: form) }
        return Still(
            bytes: bytes,
            width: preparation.width,
            height: preparation.height,
            time: time,
            isGood: isGood
        )
    }
}
