internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSubjects
internal import MomentsSystem

/// Finds whom nobody shall recognize, many times a second, and looks whether nobody can.
struct CoverFinder {
    /// Who it is, for messages: "faces".
    let blur: SubjectBlur
    private let models: [ModelShelf.Model]
    private let detectors: [Detector]
    private let interrupt: Interrupt

    /// Reads the models; nil where nobody is to be covered.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interrupt: Stops the work.
    /// - Throws: `JobError` where there is no model that finds them, or it is damaged: nothing may be made then.
    init?(_ spec: JobSpec, interrupt: Interrupt) throws {
        blur = spec.options.subjects.blur
        guard let needed = blur.needed else { return nil }
        self.interrupt = interrupt
        let there = ModelShelf.models(in: spec.models)
        models = blur.kinds.compactMap { ModelShelf.first($0, of: there) }
        let places = spec.models.map(\.display).joined(separator: ", ")
        guard models.contains(where: { $0.card?.kind == needed }) else {
            throw JobError(
                .renderFailed,
                "Nothing was made of '\(spec.name.display)', since [Subjects] Blur=\(blur.rawValue) needs a model that finds "
                    + "\(needed.rawValue) and there is none in \(places); install it with: moments models install "
                    + "\(needed.rawValue)"
            )
        }
        do { detectors = try models.map { try Detector($0) } } catch {
            throw JobError(
                .renderFailed,
                "Nothing was made of '\(spec.name.display)', since nobody could be looked for to be blurred. \(error)"
            )
        }
    }

    /// The longer side of the pictures that are looked at, in pixels: small faces are found, too.
    private static let longSide = 640
    /// How far before and behind a shot is looked, in seconds: it may dissolve into its neighbours.
    private static let around = 1.0

    /// What is to be covered in each shot.
    ///
    /// - Parameters:
    ///   - shots: Stretches of the video.
    ///   - cuts: When its scenes begin.
    ///   - source: The video.
    ///   - care: How much is done.
    ///   - progress: Told the share done.
    /// - Returns: A cover for each, in seconds of the video.
    /// - Throws: `MediaError`, `ModelTrouble`.
    func covers(
        of shots: [TimeRange],
        cuts: [MediaTime],
        in source: MediaSource,
        with care: CoverCare,
        progress: (Double) -> Void
    ) throws -> [FrameCover] {
        let sampler = try FrameSampler(source, longSide: Self.longSide, interrupt: interrupt)
        let whole = shots.reduce(0) { $0 + $1.duration.seconds }
        var done = 0.0
        return try shots.map { shot in
            // Somebody found at half the wanted confidence is covered all the same.
            var tracker = SubjectTracker(cuts: cuts, sure: thresholds(care.share))
            let start = max(0, shot.start.seconds - Self.around)
            let range = TimeRange(
                start: MediaTime(seconds: start),
                end: shot.end + MediaTime(seconds: Self.around)
            )
            try look(sampler, range, every: care.step, share: care.share) { found, picture, time in
                _ = tracker.add(found, in: picture, at: time)
                progress(min(1, (done + max(0, time.seconds - shot.start.seconds)) / max(whole, 0.001)))
            }
            done += shot.duration.seconds
            return FrameCover(tracker.finish().map { CoverTrail($0, care, cuts: cuts).trail }, isFlat: care.isFlat)
        }
    }

    /// When somebody can still be recognized in a reel.
    ///
    /// - Parameters:
    ///   - reel: The reel, as it would be published.
    ///   - progress: Told the share done.
    /// - Returns: The first moment, in seconds of the reel; nil where nobody can.
    /// - Throws: `MediaError`, `ModelTrouble`.
    func exposure(in reel: MediaSource, progress: (Double) -> Void) throws -> Double? {
        let sampler = try FrameSampler(reel, longSide: Self.longSide, interrupt: interrupt)
        var exposed: Double?
        // Other moments than those that were looked at before.
        try look(sampler, TimeRange(start: .zero, end: reel.duration), every: 0.17, share: 1) { found, _, time in
            if !found.isEmpty, exposed == nil { exposed = time.seconds }
            progress(time.seconds / max(reel.duration.seconds, 0.001))
        }
        return exposed
    }

    private func look(
        _ sampler: FrameSampler,
        _ range: TimeRange,
        every step: Double,
        share: Double,
        _ take: ([Detection], SubjectFrame, MediaTime) throws -> Void
    ) throws {
        let thresholds = thresholds(share)
        try sampler.sample(range, every: step) { small, time in
            try interrupt.check("look at")
            let picture = SubjectFrame(
                width: small.width,
                height: small.height,
                luma: small.luma,
                cb: small.cb,
                cr: small.cr,
                matrix: sampler.matrix
            )
            let found = try detectors.flatMap { try $0.detect(in: picture, threshold: thresholds[$0.kind]) }
            try take(found, picture, time)
        }
    }

    /// The least confidence that counts, by kind.
    private func thresholds(_ share: Double) -> [ModelKind: Double] {
        Dictionary(
            models.compactMap(\.card).map { ($0.kind, $0.threshold * share) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
