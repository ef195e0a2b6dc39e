public import MomentsSystem

/// Decides when a file has been quiet for long enough; pure, one for each file.
///
/// Times are seconds of any clock that never jumps.
public struct SettleTracker: Hashable, Sendable {
    /// How long nothing may happen, in seconds.
    public let settleTime: Double
    /// When the file was first seen.
    public let firstSeen: Double
    /// When something last happened to it.
    public private(set) var lastChange: Double

    /// When the file was last seen to have changed, whatever was reported.
    public private(set) var stillSince: Double

    private var last: FileStatus
    private var lastLook: Double

    /// Begins with a first look at the file.
    public init(_ status: FileStatus, settleTime: Double, at now: Double) {
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
    ///   - age: How long ago it last changed, in seconds, where the clock that stamps it is known to be this machine's;
    ///     without it the change counts as having happened just now.
    /// - Returns: Whether the file had changed.
    public mutating func observe(_ status: FileStatus, at now: Double, age: Double = 0) -> Bool {
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
    public mutating func disturb(at now: Double) { lastChange = max(lastChange, now) }

    /// When the quiet time will be over if nothing happens.
    public var settlesAt: Double { lastChange + settleTime }

    /// Whether the quiet time is over.
    public func isSettled(at now: Double) -> Bool { now >= settlesAt }
}
