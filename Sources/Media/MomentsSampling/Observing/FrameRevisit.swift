public import MomentsCore
public import MomentsMedia

/// Goes back to single frames of a video once it has been looked at; they look as observers are shown them.
///
/// Used on one thread; parts that rise in the file are cheapest.
public final class FrameRevisit {
    private let source: MediaSource
    private let request: FrameRequest
    private let reader: SegmentReader
    private let scalers = ObserverScalers()

    /// Opens the file anew.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - longSide: The longer side of the frames in pixels; a video's own frames are not enlarged.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError`.
    public init(_ source: MediaSource, longSide: Int, interrupt: Interrupt) throws {
        self.source = source
        request = FrameRequest(longSide: longSide, framesPerMinute: 60)
        reader = try SegmentReader(source, interrupt: interrupt)
    }

    /// Decodes a part of the file and shows frames of it.
    ///
    /// - Parameters:
    ///   - segment: Index entries, from a keyframe on.
    ///   - complete: Where in it every frame is wanted.
    ///   - times: When the frames are shown that are wanted, rising; of one that cannot be had, the next is shown.
    ///   - body: Receives when a frame is shown, its even width and height, and its brightness and two differences.
    /// - Throws: What `body` throws, and `MediaError` when the disk fails or the work is stopped.
    public func show(
        _ segment: Range<Int>,
        complete: Range<Int>,
        at times: [MediaTime],
        to body: (_ time: MediaTime, _ width: Int, _ height: Int, _ planes: [[UInt8]]) throws -> Void
    ) throws {
        var left = times[...]
        _ = try reader.read(segment, complete: complete) { time, frame in
            guard let wanted = left.first, time >= wanted else { return }
            left = left.drop { $0 <= time }
            let small = try scalers.upright(frame, source, request)
            try body(time, small.width, small.height, small.planes)
        }
    }
}
