package import MomentsCore

/// How often folders are looked at; pure.
package struct ScanSchedule {
    private var pace = PollingPace()
    /// When everything is listed, whatever the folders' times say; nil for at once.
    private(set) var nextListing: Moment?
    /// How long to wait before the next look at folders that could not be listed.
    private(set) var rereadPause = Duration.zero
    /// Whether everything was listed once.
    private(set) var hasListed = false

    /// A listing of everything comes after so many looks at the folders' times.
    private static let looksPerListing = 24

    /// Begins with everything still to be listed.
    package init() {}

    /// Whether everything has to be listed.
    package func wantsListing(at now: Moment) -> Bool { nextListing.map { now >= $0 } ?? true }

    /// Takes in that the next look has to be a listing.
    package mutating func wantListing() { nextListing = nil }

    /// Takes in that everything is listed now.
    package mutating func beginListing(_ interval: Duration, at now: Moment) {
        nextListing = now + interval * Self.looksPerListing
    }

    /// Takes in a listing.
    ///
    /// - Parameter hasUnread: Whether folders could not be listed.
    /// - Returns: How long until they are tried again; nil where there are none. Seldom after a while: all the rest is
    ///   listed again each time.
    package mutating func listed(hasUnread: Bool) -> Duration? {
        hasListed = true
        rereadPause = hasUnread ? min(.seconds(60), max(.seconds(5), rereadPause * 2)) : .zero
        return hasUnread ? rereadPause : nil
    }

    /// How long until the next look at polled folders.
    mutating func pollPause(_ interval: Duration, isBusy: Bool) -> Duration { pace.pause(interval, isBusy: isBusy) }

    /// When to look again at the earliest, after a look that took long: most of the time is for what arrives.
    ///
    /// What took long because a share does not answer is looked at as soon as ever.
    package static func afterLook(begun: Moment, isWell: Bool, at now: Moment) -> Moment {
        let took = now - begun
        return isWell && took > .milliseconds(500) ? now + took * 9 : now
    }
}
