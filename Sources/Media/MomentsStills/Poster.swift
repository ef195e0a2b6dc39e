internal import MomentsCore
public import MomentsEncoding
public import MomentsMedia

/// Makes the poster: a good-looking frame of one of the best moments, at the size the video is shown at.
public enum Poster {
    /// Decodes the candidates and keeps the one that looks best.
    ///
    /// Costs decoding from the keyframe before each candidate.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - places: What its frames cost.
    ///   - candidates: Where to look; without any, some places all over the video are tried.
    ///   - form: The format, how fine, and what is told of the recording at the video's start.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The poster.
    /// - Throws: `StillsError` where there is no frame, `MediaError` where the file cannot be read or the job was stopped.
    public static func make(
        _ source: MediaSource,
        places: FramePlaces,
        candidates: [PosterCandidate],
        form: StillForm = StillForm(),
        interrupt: Interrupt,
        progress: (Double) -> Void = { _ in }
    ) throws -> Still {
        let finder = try FrameFinder(source, interrupt: interrupt)
        let preparation = FramePreparation(of: source.video.format, purpose: .still)
        var best = BestStill(preparation, form)
        var found = false
        for (index, candidate) in candidates.sorted(by: { $0.time < $1.time }).enumerated() {
            if let place = places.place(at: candidate.time) {
                found = try finder.show(place, to: &best, weight: candidate.weight) || found
            }
            progress(Double(index + 1) / Double(candidates.count))
        }
        for share in [0, 0.1, 0.3, 0.5, 0.7, 0.9] where !found {
            guard let place = places.cheapPlace(near: MediaTime(seconds: source.duration.seconds * share)) else {
                break
            }
            _ = try finder.show(place, to: &best)
        }
        if best.isEmpty { try finder.showFirst(to: &best) }
        return try best.still()
    }
}
