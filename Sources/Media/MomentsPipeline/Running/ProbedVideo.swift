internal import MomentsAnalysis
public import MomentsCore
public import MomentsMedia

/// A video that may be worked on.
public struct ProbedVideo: Sendable {
    /// Its streams and packets.
    public let source: MediaSource
    /// What its tags tell of the recording.
    public let tags: CaptureTags
    /// The same for the manifest.
    public let media: MediaInfo
    /// What was marked in it; empty where nobody asks.
    public let marks: [Mark]

    /// What the manifest says of it once its frames were decoded.
    ///
    /// - Parameter frames: The frames that were really there.
    /// - Returns: What is to be told; nil where the headers said the same.
    func media(asDecoded frames: FrameTimes) -> MediaInfo? {
        let seconds = frames.end.seconds
        guard frames.count != media.totalFrames || abs(seconds - media.duration) > 0.001 else { return nil }
        return MediaInfo(
            duration: (seconds * 1_000_000).rounded() / 1_000_000,
            width: media.width,
            height: media.height,
            rotation: media.rotation,
            frameRate: media.frameRate,
            totalFrames: frames.count,
            videoCodec: media.videoCodec,
            audioCodec: media.audioCodec,
            container: media.container,
            bitRate: seconds > 0 ? Int64(Double(source.size) * 8 / seconds) : 0,
            capturedAt: media.capturedAt
        )
    }
}
