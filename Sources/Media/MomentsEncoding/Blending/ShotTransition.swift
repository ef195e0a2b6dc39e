public import MomentsCore

/// How a shot comes into a reel and goes out of it.
public struct ShotTransition: Hashable, Sendable {
    /// By way of what.
    public enum Manner: Hashable, Sendable {
        /// Out of black, and back to it.
        case black
        /// Out of the shot before, and into the one behind; both are on at the same time.
        case neighbour
    }

    /// Where the reel shows the shot, its transitions included.
    public let place: TimeRange
    /// By way of what it comes and goes.
    public let manner: Manner
    /// How long it takes to come; zero for at once.
    public let entry: MediaTime
    /// How long it takes to go; zero for at once.
    public let exit: MediaTime

    /// Describes a shot's coming and going.
    public init(place: TimeRange, manner: Manner = .black, entry: MediaTime = .zero, exit: MediaTime = .zero) {
        (self.place, self.manner, self.entry, self.exit) = (place, manner, entry, exit)
    }
}
