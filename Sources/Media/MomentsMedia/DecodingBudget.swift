/// How much decoding a video may cost at a time; made once, when it is probed.
///
/// A frame beyond 2.5K takes so much memory and work that coders hold and make as few of them as they can.
public struct DecodingBudget: Hashable, Sendable {
    /// Threads of a decoder that reads on and on: each holds a frame more.
    public let threads: Int
    /// Threads that share one frame, where it is coded in parts, when single frames are wanted.
    public let threadsPerFrame: Int
    /// Whether several decoders may work side by side, and other stages beside them.
    public let allowsSideBySide: Bool
    /// Frames that may be decoded to settle what packets alone leave open in a short video.
    public let framesForDoubts: Double
    /// Whether encoding frames like the source's takes longer than all the rest of a job, so that it is avoided.
    public let isEncodingDear: Bool

    init(_ format: VideoFormat) {
        let isLarge = format.width * format.height > Self.largest
        threads = isLarge ? 1 : 2
        threadsPerFrame = isLarge ? 2 : 1
        allowsSideBySide = !isLarge
        framesForDoubts = isLarge ? 1400 : 3600
        isEncodingDear = isLarge
    }

    /// The pixels of a frame of 2.5K, and some.
    private static let largest = 4_500_000
}
