/// What the picture does, on a regular grid: entry i covers the seconds from i × `interval`.
public struct VisualCurves: Hashable, Codable, Sendable {
    /// Seconds between entries.
    public static let interval = 0.2

    /// Share of the picture that moves against the camera: 0…1.
    public var subject: [Float] = []
    /// Speed of the camera in picture widths per second.
    public var camera: [Float] = []
    /// Shake: how much the camera's motion changes from one picture to the next, in hundredths of the width.
    public var shake: [Float] = []
    /// Edge strength of the sharpest tenth of the picture, in grey levels of the small picture.
    public var sharpness: [Float] = []
    /// Mean luma, 0…255.
    public var brightness: [Float] = []
    /// Mean distance from the mean luma: 0 for a plain picture.
    public var contrast: [Float] = []
    /// Share of black pixels.
    public var dark: [Float] = []
    /// Share of white pixels.
    public var bright: [Float] = []
    /// How much of each picture the one before leaves unexplained, the highest in the interval: 0…1.
    public var mismatch: [Float] = []
    /// Mean difference of a picture from the one before, luma and chroma cells added: 0 where nothing at all changes.
    public var change: [Float] = []
    /// Bytes a picture is coded in, its like in the group taken together; empty where they say nothing.
    public var activity: [Float] = []

    /// Makes empty curves.
    public init() {}

    /// The number of entries.
    public var count: Int { subject.count }

    /// Whether nothing is to be seen in entry `index`: black, or one plain tone.
    public func isBlank(_ index: Int) -> Bool { dark[index] > 0.97 || contrast[index] < 2 }
}
