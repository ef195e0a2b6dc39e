public import MomentsCore

/// A small frame as an observer sees it: upright, with square pixels; a value that may be kept.
public struct ObservedFrame: Sendable {
    /// When it is shown, exactly as the file has it, on the video's clock.
    public let time: MediaTime
    /// Its place among the frames shown, from 0; where all is decoded, among those that could be.
    public let number: Int
    /// The pass it was decoded in: one.
    public let pass: SamplingPasses
    /// Width in pixels; even.
    public let width: Int
    /// Height in pixels; even.
    public let height: Int
    /// How the planes are laid out.
    public let form: PixelForm
    /// The planes `form` speaks of.
    public let planes: [[UInt8]]
}
