internal import MomentsCore

/// How much of the workers one owner may have; whoever has had it waits.
public struct OwnerLimits: Hashable, Sendable {
    /// The most jobs of one owner at work at once; nil for no limit.
    public var running: Int?
    /// The most bytes of video begun in a day; nil for no limit.
    public var bytes: Int64?
    /// The most time of video begun in a day; nil for no limit.
    public var video: Duration?

    /// Makes limits.
    public init(running: Int? = nil, bytes: Int64? = nil, video: Duration? = nil) {
        (self.running, self.bytes, self.video) = (running, bytes, video)
    }

    /// Why nothing more of an owner is begun today; nil where it may be.
    ///
    /// - Parameter used: What it had today, in bytes and time of video.
    /// - Returns: A sentence's end, behind who it is about.
    func refusal(_ used: (bytes: Int64, video: Duration)) -> String? {
        if let bytes, used.bytes >= bytes {
            let had = "\(Self.size(used.bytes)) of video today"
            return "has had \(had), and [Limits] PerOwnerSize= allows \(Self.size(bytes)) a day"
        }
        if let video, used.video >= video {
            let (had, allowed) = (
                ClockText.hoursMinutesSeconds(used.video.inSeconds), ClockText.hoursMinutesSeconds(video.inSeconds)
            )
            return "has had \(had) of video today, and [Limits] PerOwnerDuration= allows \(allowed) a day"
        }
        return nil
    }

    private static func size(_ bytes: Int64) -> String {
        let megabytes = (Double(bytes) / 1_048_576 * 10).rounded() / 10
        return megabytes < 1024 ? "\(megabytes) MB" : "\((megabytes / 1024 * 10).rounded() / 10) GB"
    }
}
