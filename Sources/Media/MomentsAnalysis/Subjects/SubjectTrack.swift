public import MomentsCore

/// One subject through the pictures in which it was found.
public struct SubjectTrack: Hashable, Codable, Sendable {
    /// Where it was at a moment.
    public struct Point: Hashable, Codable, Sendable {
        /// When the picture is shown.
        public let time: MediaTime
        /// Where it is.
        public let box: Box
        /// How sure the model is, 0…1.
        public let confidence: Double

        /// Describes a find.
        public init(time: MediaTime, box: Box, confidence: Double) {
            (self.time, self.box, self.confidence) = (time, box, confidence)
        }
    }

    /// Its number in this video, from 1.
    public let id: Int
    /// What kind of model found it.
    public let kind: ModelKind
    /// What it is.
    public let name: String
    /// Where it was, by time; at least one.
    public private(set) var points: [Point]

    /// Begins a track.
    public init(id: Int, kind: ModelKind, name: String, points: [Point]) {
        (self.id, self.kind, self.name, self.points) = (id, kind, name, points)
    }

    /// Adds where it was next.
    public mutating func add(_ point: Point) { points.append(point) }

    /// From the first picture it was found in to the last.
    public var range: TimeRange { TimeRange(start: points[0].time, end: points[points.count - 1].time) }

    /// Where it was found, if only once, and within a quarter of a second.
    func only(near time: MediaTime) -> Box? {
        points.count == 1 && abs((points[0].time - time).seconds) <= 0.25 ? points[0].box : nil
    }

    /// Where it is at a moment, between two finds on the line from one to the other.
    ///
    /// - Returns: The place; nil before the first find and behind the last.
    public func box(at time: MediaTime) -> Box? {
        guard let first = points.first, let last = points.last, first.time <= time, time <= last.time else {
            return nil
        }
        let next = points.firstIndex { $0.time >= time } ?? 0
        guard next > 0, points[next].time > time else { return points[next].box }
        let (before, after) = (points[next - 1], points[next])
        let share = (time - before.time).seconds / (after.time - before.time).seconds
        return before.box.mixed(after.box, share)
    }
}
