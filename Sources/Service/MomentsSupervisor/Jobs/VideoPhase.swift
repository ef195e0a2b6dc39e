internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// Whether a video is all there.
enum VideoPhase {
    /// It is whole, as far as anybody knows.
    case settled
    /// It is arriving, or was touched.
    case settling(Settling)

    /// What is known of an arriving video.
    struct Settling {
        var tracker: SettleTracker
        /// How old its last change was when it was first seen.
        let firstAge: Duration
        /// How long to wait before asking again whether somebody still writes.
        var pause = Duration.seconds(1)
        /// Whether it was told that its upload does not get on.
        var isStallTold = false

        /// Begins to wait until a video has been quiet for a time.
        init(_ status: FileStatus, settleTime: Duration, at now: Moment) {
            tracker = SettleTracker(status, settleTime: settleTime, at: now)
            let age = Double(Timestamp.now.milliseconds) / 1000 - Double(status.changed) / 1e9
            firstAge = .seconds(max(0, age))
        }

        /// How long it has not changed: by the clock on the wall when it was first seen, by one that never jumps since.
        func quietAge(at now: Moment) -> Duration {
            let age = now - tracker.stillSince
            return tracker.stillSince == tracker.firstSeen ? age + firstAge : age
        }
    }

    /// What is known of it while it settles.
    var settling: Settling? {
        if case .settling(let settling) = self { settling } else { nil }
    }
}
