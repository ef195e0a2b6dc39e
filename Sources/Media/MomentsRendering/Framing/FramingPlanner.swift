internal import Glibc
public import MomentsAnalysis
public import MomentsCore
public import MomentsEncoding

/// Plans how a window follows subjects, as somebody with a camera would: still while they stay in the middle of it, then
/// with an easy move; with a jump only where the picture itself jumps.
public struct FramingPlanner: Sendable {
    /// The window's width, as a share of the picture's.
    private let width: Double
    /// Its height, likewise.
    private let height: Double

    /// Where the window should be at a moment.
    private struct Wish {
        let time: Double
        let x: Double
        let y: Double
    }

    /// Plans for a window.
    ///
    /// - Parameters:
    ///   - width: Its width as a share of the picture's, 0…1.
    ///   - height: Its height, likewise.
    public init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    /// Plans a shot.
    ///
    /// - Parameters:
    ///   - shot: What it shows of the source.
    ///   - cuts: When scenes of the source begin.
    ///   - tracks: Who is where.
    /// - Returns: How the window moves, in seconds of the source.
    public func path(of shot: TimeRange, cuts: [MediaTime], tracks: [SubjectTrack]) -> CropPath {
        let edges = [shot.start] + cuts.filter { shot.start < $0 && $0 < shot.end } + [shot.end]
        return CropPath(
            zip(edges, edges.dropFirst()).map { start, end in
                stretch(TimeRange(start: start, end: end), tracks)
            }
        )
    }

    private func stretch(_ range: TimeRange, _ tracks: [SubjectTrack]) -> CropPath.Stretch {
        let start = range.start.seconds
        let count = max(1, Int((range.duration.seconds / CropPath.step).rounded(.up)) + 1)
        let wishes = wishes(range, tracks)
        guard !wishes.isEmpty else { return CropPath.Stretch(start: start, places: [inside(.middle)]) }
        let across = wishes.map { (time: $0.time - start, value: $0.x) }
        let down = wishes.map { (time: $0.time - start, value: $0.y) }
        let xs = Self.eased(Self.held(across, within: width * Self.calm, count))
        let ys = Self.eased(Self.held(down, within: height * Self.calm, count))
        return CropPath.Stretch(start: start, places: zip(xs, ys).map { inside(CropPath.Place(x: $0, y: $1)) })
    }

    /// The nearest place at which the window does not reach past the picture.
    private func inside(_ place: CropPath.Place) -> CropPath.Place {
        CropPath.Place(
            x: min(max(place.x, width / 2), 1 - width / 2),
            y: min(max(place.y, height / 2), 1 - height / 2)
        )
    }

    /// Where the window should be, at every moment something was found.
    private func wishes(_ range: TimeRange, _ tracks: [SubjectTrack]) -> [Wish] {
        // One find alone may be a mistake; where there is no more, it still is the best that is known.
        let seen = tracks.filter { track in track.points.contains { range.contains($0.time) } }
        let steady = seen.filter { $0.points.count > 1 }
        let subjects = fitting(Self.foremost(steady.isEmpty ? seen : steady, range), range)
        guard let main = subjects.first else { return [] }
        let times = Set(subjects.flatMap { $0.points.map(\.time) }).filter { range.contains($0) }.sorted()
        let wishes = times.compactMap { time -> Wish? in
            let boxes = subjects.compactMap { $0.box(at: time) }
            guard !boxes.isEmpty else { return nil }
            // As many of them as fit, the foremost first.
            var group = main.box(at: time) ?? boxes[0]
            for box in boxes {
                let both = Self.union(group, box)
                if both.width <= width * Self.filled, both.height <= height * Self.filled { group = both }
            }
            return wish(time, group)
        }
        return (wishes + meanwhile(seen, main, times, range)).sorted { $0.time < $1.time }
    }

    private func wish(_ time: MediaTime, _ box: Box) -> Wish {
        Wish(time: time.seconds, x: box.centerX, y: upright(box))
    }

    /// Where the window should be while nobody of the foremost is found: at whoever else is, as large as they are; but not
    /// at one who is wider than the window, whose middle may be anything.
    private func meanwhile(_ seen: [SubjectTrack], _ main: SubjectTrack, _ times: [MediaTime], _ range: TimeRange)
        -> [Wish]
    {
        let sizes = main.points.map(\.box.area).sorted()
        let least = sizes[sizes.count / 2] * Self.alike
        let others = seen.flatMap(\.points).filter { point in
            range.contains(point.time) && point.box.area >= least && point.box.width <= width * Self.filled
                && !times.contains { abs(($0 - point.time).seconds) < Self.lost }
        }
        let largest = Dictionary(others.map { ($0.time, $0.box) }) { $0.area >= $1.area ? $0 : $1 }
        return largest.map { wish($0, $1) }
    }

    /// Faces alone where the foremost is wider than the window, whose middle may be anything but a face; else all of them.
    private func fitting(_ subjects: [SubjectTrack], _ range: TimeRange) -> [SubjectTrack] {
        let widths = subjects.first?.points.filter { range.contains($0.time) }.map(\.box.width) ?? []
        guard widths.reduce(0, +) > width * Self.filled * Double(widths.count) else { return subjects }
        let faces = subjects.filter { $0.kind == .faces }
        return faces.isEmpty ? subjects : faces
    }

    /// Half-way down a group; lower than its middle where the window does not hold all of it, so that heads stay in.
    private func upright(_ group: Box) -> Double {
        let room = height * Self.filled
        return group.height <= room ? group.centerY : group.y + room / 2
    }

    /// Subjects by how much of them is seen for how long, faces and people before things.
    private static func foremost(_ tracks: [SubjectTrack], _ range: TimeRange) -> [SubjectTrack] {
        func weight(_ track: SubjectTrack) -> Double {
            let points = track.points.filter { range.contains($0.time) }
            let size = points.reduce(0) { $0 + $1.box.area.squareRoot() * $1.confidence }
            return track.kind == .objects ? size / 4 : track.kind == .faces ? size * 3 : size
        }
        let weights = tracks.map { ($0, weight($0)) }.sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }
        let most = weights.first?.1 ?? 0
        return weights.filter { $0.1 >= most / 4 }.map(\.0)
    }

    private static func union(_ one: Box, _ two: Box) -> Box {
        let (left, top) = (min(one.x, two.x), min(one.y, two.y))
        return Box(
            x: left,
            y: top,
            width: max(one.x + one.width, two.x + two.width) - left,
            height: max(one.y + one.height, two.y + two.height) - top
        )
    }

    /// Places held as long as all wishes lie within a range, step by step; between two of them half-way in time.
    private static func held(_ wishes: [(time: Double, value: Double)], within range: Double, _ count: Int) -> [Double]
    {
        var holds: [(from: Double, to: Double, value: Double)] = []
        var first = 0
        while first < wishes.count {
            var (low, high, last) = (wishes[first].value, wishes[first].value, first)
            while last + 1 < wishes.count {
                let (lower, higher) = (min(low, wishes[last + 1].value), max(high, wishes[last + 1].value))
                if higher - lower > range { break }
                (low, high, last) = (lower, higher, last + 1)
            }
            holds.append((wishes[first].time, wishes[last].time, (low + high) / 2))
            first = last + 1
        }
        var (values, hold): ([Double], Int) = ([], 0)
        for step in 0..<count {
            let time = Double(step) * CropPath.step
            while hold + 1 < holds.count, time > (holds[hold].to + holds[hold + 1].from) / 2 { hold += 1 }
            values.append(holds[hold].value)
        }
        return values
    }

    /// The steps under a bell, as narrow as keeps the window's speed bearable.
    private static func eased(_ values: [Double]) -> [Double] {
        for spread in [0.4, 0.6, 0.9] {
            let smooth = smoothed(values, spread / CropPath.step)
            let speed = zip(smooth, smooth.dropFirst()).map { abs($1 - $0) / CropPath.step }.max() ?? 0
            if speed <= fastest { return smooth }
        }
        return smoothed(values, 1.2 / CropPath.step)
    }

    private static func smoothed(_ values: [Double], _ spread: Double) -> [Double] {
        let reach = Int((spread * 3).rounded(.up))
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * spread * spread)) }
        let sum = weights.reduce(0, +)
        return values.indices.map { place in
            var total = 0.0
            for (offset, weight) in weights.enumerated() {
                total += weight * values[min(max(place + offset - reach, 0), values.count - 1)]
            }
            return total / sum
        }
    }

    /// The share of the window in which a subject may move before the window follows.
    private static let calm = 0.2
    /// The share of the window that a group may fill.
    private static let filled = 0.9
    /// How long nobody of the foremost must be found until somebody else is looked for, in seconds.
    private static let lost = 0.9
    /// The share of the foremost one's area from which on somebody else may be the same.
    private static let alike = 0.4
    /// Pictures a second beyond which a move is made slower.
    private static let fastest = 0.35
}
