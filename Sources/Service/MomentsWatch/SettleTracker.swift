public import MomentsCore
public import MomentsSystem

/// Decides when a file has been quiet for long enough; pure, one for each file.
public struct SettleTracker: Hashable, Sendable {
    /// How long nothing may happen.
    public let settleTime: Duration
    /// When the file was first seen.
    public let firstSeen: Moment
    /// When something last happened to it.
    public private(set) var lastChange: Moment

    /// When the file was last seen to have changed, whatever was reported.
    public private(set) var stillSince: Moment

    private var last: FileStatus
    private var lastLook: Moment

    /// Begins with a first look at the file.
    public init(_ status: FileStatus, settleTime: Duration, at now: Moment) {
        self.settleTime = settleTime
        firstSeen = now
        lastChange = now
        stillSince = now
        lastLook = now
        last = status
    }

    /// Takes in another look at the file; anything but the number of names starts the quiet time again.
    ///
    /// - Parameters:
    ///   - status: What it is now.
    ///   - now: The moment.
    ///   - age: How long ago it last changed, where the clock that stamps it is known to be this machine's;
    ///     without it the change counts as having happened just now.
    /// - Returns: Whether the file had changed.
    public mutating func observe(_ status: FileStatus, at now: Moment, age: Duration = .zero) -> Bool {
        let changed =
            status.size != last.size || status.modified != last.modified || status.changed != last.changed
            || status.inode != last.inode || status.device != last.device
        last = status
        if changed {
            // Since the last look, in any case.
            stillSince = min(now, max(lastLook, now - age))
            lastChange = max(lastChange, stillSince)
        }
        lastLook = now
        return changed
    }

    /// Takes in that something was reported about the file, whether or not it shows in its status.
    public mutating func disturb(at now: Moment) { lastChange = max(lastChange, now) }

    /// When the quiet time will be over if nothing happens.
    public var settlesAt: Moment { lastChange + settleTime }

    /// Whether the quiet time is over.
    public func isSettled(at now: Moment) -> Bool { now >= settlesAt }
}
