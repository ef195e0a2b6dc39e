/// Everything the analysis knows of a video: what the selection chooses by.
///
/// Small (some 10 MB for two hours) and complete: it is written down between the stages.
public struct Signals: Hashable, Codable, Sendable {
    /// When each decoded frame is shown.
    public var frames: FrameTimes
    /// What the frame does.
    public var visual: VisualCurves
    /// What it looks like.
    public var appearance: Appearance
    /// What is heard; nil without audio.
    public var audio: AudioCurves?
    /// The scenes in their order, without gaps.
    public var scenes: [Scene]
    /// The frames decoding can start at, by their numbers, rising: a shot that starts there can be shown as it was
    /// coded.
    public var starts: [Int] = []

    /// Makes a record.
    public init(
        frames: FrameTimes,
        visual: VisualCurves,
        appearance: Appearance,
        audio: AudioCurves?,
        scenes: [Scene]
    ) {
        self.frames = frames
        self.visual = visual
        self.appearance = appearance
        self.audio = audio
        self.scenes = scenes
    }
}
