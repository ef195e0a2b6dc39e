/// What reading a reel back measured; `verification` of `highlight.json`.
public struct Verification: Hashable, Codable, Sendable {
    /// Pictures decoded.
    public let pictures: Int
    /// Seconds from the first picture to the end of the last.
    public let duration: Double
    /// Packets that no decoder took.
    public let damagedPackets: Int
    /// Seconds by which the sound starts after the pictures; nil without sound.
    public let soundSkewAtStart: Double?
    /// Seconds by which the sound ends after the pictures; nil without sound.
    public let soundSkewAtEnd: Double?
    /// Integrated loudness in LUFS (EBU R 128); nil without sound or for silence.
    public let loudness: Double?
    /// The highest true peak in dBTP; nil without sound or for silence.
    public let peak: Double?

    private enum CodingKeys: String, CodingKey {
        case pictures
        case duration
        case damagedPackets = "damaged_packets"
        case soundSkewAtStart = "sound_skew_at_start"
        case soundSkewAtEnd = "sound_skew_at_end"
        case loudness
        case peak = "true_peak"
    }
}
