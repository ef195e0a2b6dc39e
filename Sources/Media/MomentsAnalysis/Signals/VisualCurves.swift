/// What the frame does, on a regular grid: entry i covers the seconds from i × `interval`.
public struct VisualCurves: Hashable, Codable, Sendable {
    /// Seconds between entries.
    public static let interval = 0.2

    /// Share of the frame that moves against the camera: 0…1.
    @Packed public var subject: [Float] = []
    /// Speed of the camera in frame widths per second.
    @Packed public var camera: [Float] = []
    /// Shake: how much the camera's motion changes from one frame to the next, in hundredths of the width.
    @Packed public var shake: [Float] = []
    /// Edge strength of the sharpest tenth of the frame, in grey levels of the small frame.
    @Packed public var sharpness: [Float] = []
    /// Mean luma, 0…255.
    @Packed public var brightness: [Float] = []
    /// Mean distance from the mean luma: 0 for a plain frame.
    @Packed public var contrast: [Float] = []
    /// Share of black pixels.
    @Packed public var dark: [Float] = []
    /// Share of white pixels.
    @Packed public var bright: [Float] = []
    /// How much of each frame the one before leaves unexplained, the highest in the interval: 0…1.
    @Packed public var mismatch: [Float] = []
    /// Mean difference of a frame from the one before, luma and chroma cells added: 0 where nothing at all changes.
    @Packed public var change: [Float] = []
    /// Bytes a frame is coded in, its like in the group taken together; empty where they say nothing.
    @Packed public var activity: [Float] = []

    /// Makes empty curves.
    public init() {}

    /// The number of entries.
    public var count: Int { subject.count }

    /// Whether nothing is to be seen in entry `index`: black, or one plain tone.
    public func isBlank(_ index: Int) -> Bool { dark[index] > 0.97 || contrast[index] < 2 }
}
