/// Everything the analysis knows of a video: what the selection chooses by.
///
/// Small (some 10 MB for two hours) and complete: it is written down between the stages.
public struct Signals: Hashable, Codable, Sendable {
    /// When each decoded picture is shown.
    public var pictures: PictureTimes
    /// What the picture does.
    public var visual: VisualCurves
    /// What it looks like.
    public var appearance: Appearance
    /// What is heard; nil without sound.
    public var sound: SoundCurves?
    /// The scenes in their order, without gaps.
    public var scenes: [Scene]
    /// The pictures decoding can start at, by their numbers, rising: a shot that starts there can be shown as it was coded.
    public var starts: [Int] = []

    /// Makes a record.
    public init(
        pictures: PictureTimes,
        visual: VisualCurves,
        appearance: Appearance,
        sound: SoundCurves?,
        scenes: [Scene]
    ) {
        self.pictures = pictures
        self.visual = visual
        self.appearance = appearance
        self.sound = sound
        self.scenes = scenes
    }
}
