public import MomentsCore

/// Watches one segment of the video, decoded on its own.
public struct SegmentAnalyzer {
    private let size: AnalysisSize
    private let timescale: Int64
    private var analyzer: FrameAnalyzer?
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

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - plane: Tight rows of luma.
    ///   - cb: Tight rows of the blue difference.
    ///   - cr: Tight rows of the red difference.
    ///   - time: When it is shown; later than the frame before.
    public mutating func add(luma plane: Span<UInt8>, cb: Span<UInt8>, cr: Span<UInt8>, time: MediaTime) {
        if analyzer == nil {
            analyzer = FrameAnalyzer(size: size, timescale: timescale, startingAt: time.seconds)
        }
        analyzer?.add(luma: plane, cb: cb, cr: cr, time: time)
        last = time
    }

    /// Ends the watch.
    ///
    /// - Parameters:
    ///   - times: When all of the video's frames are shown.
    ///   - isComplete: Whether no frame in between was left out.
    /// - Returns: What was seen; nil when there was no frame.
    public consuming func finish(_ times: FrameTimes, isComplete: Bool) -> SegmentFindings? {
        let next = times.index(at: last) + 1
        return analyzer?.finishSegment(
            end: times[min(next, times.count)],
            isLast: next >= times.count,
            isComplete: isComplete
        )
    }
}
