/// How a window moves over the picture: its centre, as shares of the picture's width and height, at even steps of time.
public struct CropPath: Hashable, Encodable, Sendable {
    /// A place of the window's centre.
    public struct Place: Hashable, Encodable, Sendable {
        /// From the left, 0…1.
        public let x: Double
        /// From above, 0…1.
        public let y: Double

        /// Names a place.
        public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }

        /// The middle of the picture.
        public static let middle = Place(x: 0.5, y: 0.5)
    }

    /// A stretch in which the window moves without a jump.
    public struct Stretch: Hashable, Encodable, Sendable {
        /// When it begins, in seconds; it lasts until the next one does.
        public let start: Double
        /// Where the window is, a step apart from the start on; at least one place.
        public let places: [Place]

        /// Makes a stretch.
        public init(start: Double, places: [Place]) {
            precondition(!places.isEmpty, "a window is somewhere")
            (self.start, self.places) = (start, places)
        }
    }

    /// Seconds between two places.
    public static let step = 0.1

    /// The stretches, rising; the window jumps from one to the next.
    public let stretches: [Stretch]

    /// Makes a path.
    public init(_ stretches: [Stretch]) { self.stretches = stretches }

    /// Where the window is.
    ///
    /// - Parameter seconds: On the path's clock; before the first stretch and behind the last place the nearest counts.
    /// - Returns: Its centre.
    public func place(at seconds: Double) -> Place {
        guard let stretch = stretches.last(where: { $0.start <= seconds + 1e-6 }) ?? stretches.first else {
            return .middle
        }
        let steps = max(0, (seconds - stretch.start) / Self.step)
        let last = stretch.places.count - 1
        let before = min(Int(steps), last)
        let (one, two) = (stretch.places[before], stretch.places[min(before + 1, last)])
        let share = min(1, steps - Double(before))
        return Place(x: one.x + (two.x - one.x) * share, y: one.y + (two.y - one.y) * share)
    }

    /// The same path on another clock.
    public func shifted(by seconds: Double) -> CropPath {
        CropPath(stretches.map { Stretch(start: $0.start + seconds, places: $0.places) })
    }
}
