public import MomentsCore

/// Watches one stretch of the video, decoded on its own.
public struct StretchWatcher {
    private let size: AnalysisSize
    private let timescale: Int64
    private var analyzer: PictureAnalyzer?
    private var last = MediaTime.zero

    /// Makes a watcher.
    ///
    /// - Parameters:
    ///   - size: The size of the planes it will be given.
    ///   - timescale: Ticks per second of the stream's own clock.
    public init(size: AnalysisSize, timescale: Int64) {
        self.size = size
        self.timescale = timescale
    }

    /// Takes the next picture.
    ///
    /// - Parameters:
    ///   - plane: Tight rows of luma.
    ///   - cb: Tight rows of the blue difference.
    ///   - cr: Tight rows of the red difference.
    ///   - time: When it is shown; later than the picture before.
    public mutating func add(luma plane: Span<UInt8>, cb: Span<UInt8>, cr: Span<UInt8>, time: MediaTime) {
        if analyzer == nil {
            analyzer = PictureAnalyzer(size: size, timescale: timescale, startingAt: time.seconds)
        }
        analyzer?.add(luma: plane, cb: cb, cr: cr, time: time)
        last = time
    }

    /// Ends the watch.
    ///
    /// - Parameters:
    ///   - times: When all of the video's pictures are shown.
    ///   - isComplete: Whether no picture in between was left out.
    /// - Returns: What was seen; nil when there was no picture.
    public consuming func finish(_ times: PictureTimes, isComplete: Bool) -> StretchFindings? {
        let next = times.index(at: last) + 1
        return analyzer?.finishStretch(
            end: times[min(next, times.count)],
            isLast: next >= times.count,
            isComplete: isComplete
        )
    }
}
