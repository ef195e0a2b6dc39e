internal import MomentsCore
public import MomentsEncoding
public import MomentsMedia

/// Makes the thumbnail: the frame at a tenth of the video, or the next one that shows something.
public enum Thumbnail {
    /// Width in pixels, where the video is not narrower.
    public static let width = 320
    /// Where in the video, as a share of its duration.
    private static let share = 0.1
    /// Where else, in seconds behind it and then as shares again, as long as nothing is to be seen.
    private static let next = [1.0, 2, 3]
    private static let others = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0]

    /// Finds the frame, turns it upright and shrinks it.
    ///
    /// Where that frame lies far behind a keyframe, the nearest keyframe stands for it. Where everything is black
    /// or damaged, the least bad frame is taken.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - places: What its frames cost.
    ///   - form: The format, how fine, and what is told of the recording at the video's start.
    ///   - interrupt: Stops the work.
    /// - Returns: The thumbnail.
    /// - Throws: `StillsError` where there is no frame, `MediaError` where the file cannot be read or the job was stopped.
    public static func make(
        _ source: MediaSource,
        places: FramePlaces,
        form: StillForm = StillForm(),
        interrupt: Interrupt
    ) throws -> Still {
        let finder = try FrameFinder(source, interrupt: interrupt)
        let preparation = FramePreparation(of: source.video.format, width: width, purpose: .still)
        var best = BestStill(preparation, form)
        let aim = source.duration.seconds * share
        let times = [aim] + next.map { aim + $0 } + others.map { source.duration.seconds * $0 }
        for time in times {
            guard let place = places.cheapPlace(near: MediaTime(seconds: time)) else { break }
            if try finder.show(place, to: &best) { break }
        }
        if best.isEmpty { try finder.showFirst(to: &best) }
        return try best.still()
    }
}
