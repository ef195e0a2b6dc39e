public import MomentsCore

/// A segment between two scene boundaries.
public struct Scene: Hashable, Codable, Sendable {
    /// When its first frame is shown; for a gradual transition, the middle of it.
    public var start: MediaTime
    /// When the next scene starts, or when the video's last frame ends.
    public var end: MediaTime
    /// Its first frame, counting decoded frames from 0.
    public var startFrame: Int
    /// The first frame that is no longer its own.
    public var endFrame: Int
    /// How it began; `cut` for the first one.
    public var transition: Transition
    /// The segment in which it is mixed with the scene before; nil where it began with a clean cut.
    public var mixedStart: TimeRange?
    /// How much it matters beside the other scenes, 1…10; given by the selection.
    public var importance: Int

    private enum CodingKeys: String, CodingKey {
        case start
        case end
        case startFrame = "start_frame"
        case endFrame = "end_frame"
        case transition
        case mixedStart = "mixed_start"
        case importance
    }

    /// Makes a scene.
    public init(
        start: MediaTime,
        end: MediaTime,
        startFrame: Int,
        endFrame: Int,
        transition: Transition = .cut,
        mixedStart: TimeRange? = nil,
        importance: Int = 1
    ) {
        self.start = start
        self.end = end
        self.startFrame = startFrame
        self.endFrame = endFrame
        self.transition = transition
        self.mixedStart = mixedStart
        self.importance = importance
    }

    /// The segment as a range of time.
    public var range: TimeRange { TimeRange(start: start, end: end) }
}
