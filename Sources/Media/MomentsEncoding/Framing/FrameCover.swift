/// Which parts of the picture are made unrecognizable, and when.
public struct FrameCover: Hashable, Sendable {
    /// A part of the picture, as shares of its width and height; it may reach past the picture.
    public struct Area: Hashable, Sendable {
        /// The left edge.
        public let x: Double
        /// The upper edge.
        public let y: Double
        /// The width.
        public let width: Double
        /// The height.
        public let height: Double

        /// Names a part.
        public init(x: Double, y: Double, width: Double, height: Double) {
            (self.x, self.y, self.width, self.height) = (x, y, width, height)
        }

        /// The least part that holds both.
        public func union(_ other: Area) -> Area {
            let (left, top) = (min(x, other.x), min(y, other.y))
            return Area(
                x: left,
                y: top,
                width: max(x + width, other.x + other.width) - left,
                height: max(y + height, other.y + other.height) - top
            )
        }

        func mixed(_ other: Area, _ share: Double) -> Area {
            func mix(_ one: Double, _ two: Double) -> Double { one + (two - one) * share }
            return Area(
                x: mix(x, other.x),
                y: mix(y, other.y),
                width: mix(width, other.width),
                height: mix(height, other.height)
            )
        }
    }

    /// One part that moves with what is under it.
    public struct Trail: Hashable, Sendable {
        /// Where the part is at a moment.
        public struct Point: Hashable, Sendable {
            /// The moment.
            public let seconds: Double
            /// The part.
            public let area: Area

            /// Names a point.
            public init(_ seconds: Double, _ area: Area) { (self.seconds, self.area) = (seconds, area) }
        }

        /// When it is where, rising; between two of them on the line from one to the other.
        public let points: [Point]

        /// Makes a trail of at least one point.
        public init(_ points: [Point]) {
            precondition(!points.isEmpty, "a trail is somewhere")
            self.points = points
        }

        func area(at seconds: Double) -> Area? {
            guard let first = points.first, let last = points.last, first.seconds <= seconds, seconds <= last.seconds
            else { return nil }
            guard let next = points.firstIndex(where: { $0.seconds >= seconds }), next > 0 else { return first.area }
            let (before, after) = (points[next - 1], points[next])
            let share = (seconds - before.seconds) / max(after.seconds - before.seconds, 1e-9)
            return before.area.mixed(after.area, share)
        }
    }

    /// The parts, each with its time.
    public let trails: [Trail]
    /// Whether nothing at all is left of what is under them, but one colour.
    public let isFlat: Bool

    /// Makes a cover.
    public init(_ trails: [Trail], isFlat: Bool = false) { (self.trails, self.isFlat) = (trails, isFlat) }

    /// What is covered at a moment of its clock.
    public func areas(at seconds: Double) -> [Area] { trails.compactMap { $0.area(at: seconds) } }

    /// The same on another clock.
    public func shifted(by seconds: Double) -> FrameCover {
        FrameCover(trails.map { Trail($0.points.map { Trail.Point($0.seconds + seconds, $0.area) }) }, isFlat: isFlat)
    }
}
