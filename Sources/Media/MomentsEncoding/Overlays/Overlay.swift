public import MomentsCore

/// A picture that is laid over a reel's frames for a while.
public struct Overlay: Sendable {
    /// A picture and its place in a frame as shown, in pixels.
    public struct Picture: Sendable {
        /// The picture.
        public let bitmap: Bitmap
        /// Its left edge; best an even number.
        public let x: Int
        /// Its upper edge; best an even number.
        public let y: Int

        /// Names a picture's place.
        public init(_ bitmap: Bitmap, x: Int, y: Int) { (self.bitmap, self.x, self.y) = (bitmap, x, y) }
    }

    /// How a picture comes or goes.
    public struct Motion: Hashable, Sendable {
        /// How long that takes, in seconds; 0 for at once.
        public let duration: Double
        /// By how many pixels it lies to the right of its place at the start of its coming, or the end of its going.
        public let x: Int
        /// By how many pixels below.
        public let y: Int

        /// At once.
        public static let none = Motion(duration: 0)

        /// Describes how a picture comes or goes; it fades meanwhile.
        public init(duration: Double, x: Int = 0, y: Int = 0) { (self.duration, self.x, self.y) = (duration, x, y) }
    }

    /// When it is seen, on the reel's clock, its coming and going included.
    public let range: TimeRange
    /// How it comes.
    public let entry: Motion
    /// How it goes.
    public let exit: Motion
    /// Paints it, once it is needed; nil where nothing is to be seen.
    public let paint: @Sendable () -> Picture?

    /// Describes an overlay.
    public init(
        range: TimeRange,
        entry: Motion = .none,
        exit: Motion = .none,
        paint: @escaping @Sendable () -> Picture?
    ) {
        (self.range, self.entry, self.exit, self.paint) = (range, entry, exit, paint)
    }

    /// How much of it is seen at a moment, 0–1, and how far from its place it lies, in pixels.
    func state(at time: MediaTime) -> (share: Double, x: Double, y: Double) {
        let (since, left) = ((time - range.start).seconds, (range.end - time).seconds)
        if entry.duration > 0, since < entry.duration {
            let done = since / entry.duration
            // Fast at first, then slower and slower, as what is stopped by hand.
            let rest = (1 - done) * (1 - done) * (1 - done)
            return (min(1, done * 1.6), Double(entry.x) * rest, Double(entry.y) * rest)
        }
        if exit.duration > 0, left < exit.duration {
            let done = 1 - left / exit.duration
            return (min(1, (1 - done) * 1.6), Double(exit.x) * done * done * done, Double(exit.y) * done * done * done)
        }
        return (1, 0, 0)
    }
}
