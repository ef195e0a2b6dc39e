/// The passes in which frames are decoded.
public struct SamplingPasses: OptionSet, Hashable, Sendable {
    /// The set as bits.
    public let rawValue: UInt8

    /// Keyframes all over the video.
    public static let keyframes = SamplingPasses(rawValue: 1)
    /// Segments that are in doubt or about to be chosen.
    public static let segments = SamplingPasses(rawValue: 2)
    /// All frames, where less does not tell enough or all was asked for.
    public static let full = SamplingPasses(rawValue: 4)
    /// Whatever is decoded.
    public static let all: SamplingPasses = [.keyframes, .segments, .full]

    /// Makes a set of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
}
