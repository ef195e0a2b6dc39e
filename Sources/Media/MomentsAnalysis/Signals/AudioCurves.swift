/// What is heard, on a regular grid: entry i covers the seconds from i × `interval`.
public struct AudioCurves: Hashable, Codable, Sendable {
    /// Seconds between entries.
    public static let interval = 0.05

    /// Momentary loudness in LUFS, moved to the middle of its 0.4 s window; −70 for silence.
    @Packed public var loudness: [Float] = []
    /// Level of the 50 ms alone in dBFS; −100 for silence.
    @Packed public var level: [Float] = []
    /// How much the spectrum rises against the moment before, in dB averaged over the bands: peaks are onsets.
    @Packed public var flux: [Float] = []
    /// How much it resembles speech: 0…1.
    @Packed public var speech: [Float] = []
    /// How much it resembles a crowd or applause, broad and unbroken: 0…1.
    @Packed public var crowd: [Float] = []

    /// Makes empty curves.
    public init() {}

    /// The number of entries.
    public var count: Int { level.count }
}

extension AudioCurves {
    /// Drops what lies behind the first `count` entries.
    mutating func truncate(to count: Int) {
        loudness.removeLast(max(0, loudness.count - count))
        level.removeLast(max(0, level.count - count))
        flux.removeLast(max(0, flux.count - count))
        speech.removeLast(max(0, speech.count - count))
        crowd.removeLast(max(0, crowd.count - count))
    }
}
