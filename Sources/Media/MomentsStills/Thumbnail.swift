internal import MomentsCore
public import MomentsMedia

/// Makes `thumbnail.jpg`: the picture at a tenth of the video, or the next one that shows something.
public enum Thumbnail {
    /// Width in pixels, where the video is not narrower.
    public static let width = 320
    /// Where in the video, as a share of its duration.
    private static let share = 0.1
    /// How far it is looked on from there before trying elsewhere, in seconds.
    private static let patience = 3.0

    /// Finds the picture, turns it upright and shrinks it.
    ///
    /// Where everything is black or damaged, the least bad picture is taken.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - interrupt: Stops the work.
    /// - Returns: The thumbnail.
    /// - Throws: `StillsError`.
    public static func make(_ source: MediaSource, interrupt: Interrupt) throws(StillsError) -> Still {
        do {
            let finder = try PictureFinder(source, interrupt: interrupt)
            let preparation = PicturePreparation(of: source.video.picture, width: width, purpose: .still)
            var best = BestStill(preparation, quality: 4)
            let aim = MediaTime(seconds: source.duration.seconds * share)
            if var time = try finder.go(to: aim) {
                var measured: MediaTime?
                repeat {
                    // Every fifth of a second will do: what is black stays so for a while.
                    if measured.map({ (time - $0).seconds >= 0.2 }) ?? true {
                        if try best.consider(finder, at: time) { return try best.still() }
                        measured = time
                    }
                    guard let next = try finder.next() else { break }
                    time = next.start
                } while (time - aim).seconds < patience
            }
            for share in [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0] {
                guard let time = try finder.go(to: MediaTime(seconds: source.duration.seconds * share)) else {
                    continue
                }
                if try best.consider(finder, at: time) { break }
            }
            return try best.still()
        } catch let error as StillsError { throw error } catch let error as MediaError {
            throw .media(error)
        } catch { throw .noPicture }
    }
}
