public import MomentsAnalysis
public import MomentsCore

/// Follows subjects from picture to picture: by where they should be now, and by their colours.
///
/// As ByteTrack does, sure finds are matched first; unsure ones only go on with a track, and never begin one.
public struct SubjectTracker {
    private struct Active {
        var track: SubjectTrack
        var colors: ColorSignature
        /// How far it moves, in shares of the picture per second.
        var speed: (x: Double, y: Double) = (0, 0)

        /// Where it should be.
        func expected(at time: MediaTime) -> Box {
            let last = track.points[track.points.count - 1]
            let passed = (time - last.time).seconds
            return Box(
                x: last.box.x + speed.x * passed,
                y: last.box.y + speed.y * passed,
                width: last.box.width,
                height: last.box.height
            )
        }
    }

    private struct Match {
        let active: Int
        let find: Int
        let worth: Double
    }

    private let cuts: [MediaTime]
    private let sure: [ModelKind: Double]
    private var active: [Active] = []
    private var ended: [SubjectTrack] = []
    private var lastTime: MediaTime?
    private var next = 1

    /// Makes a tracker.
    ///
    /// - Parameters:
    ///   - cuts: When scenes begin, rising; no track goes on across one.
    ///   - sure: The confidence from which on a find of a kind begins a track; 0.5 where nothing is said.
    public init(cuts: [MediaTime], sure: [ModelKind: Double] = [:]) {
        (self.cuts, self.sure) = (cuts, sure)
    }

    /// Takes in what was found in the next picture.
    ///
    /// - Parameters:
    ///   - detections: The finds.
    ///   - picture: The picture.
    ///   - time: When it is shown; later than the last one.
    /// - Returns: For each find the number of its track; nil for an unsure one that goes on with none.
    public mutating func add(_ detections: [Detection], in picture: SubjectFrame, at time: MediaTime) -> [Int?] {
        endLost(at: time)
        let colors = detections.map { ColorSignature(picture, $0.box) }
        var numbers = [Int?](repeating: nil, count: detections.count)
        var free = Set(active.indices)
        for areSure in [true, false] {
            let finds = detections.indices.filter { isSure(detections[$0]) == areSure && numbers[$0] == nil }
            for match in matches(finds, detections, colors, free, at: time, areSure: areSure)
            where free.contains(match.active) && numbers[match.find] == nil {
                free.remove(match.active)
                numbers[match.find] = active[match.active].track.id
                extend(match.active, detections[match.find], colors[match.find], at: time)
            }
        }
        for find in detections.indices where numbers[find] == nil && isSure(detections[find]) {
            numbers[find] = begin(detections[find], colors[find], at: time)
        }
        lastTime = time
        return numbers
    }

    /// Ends the following.
    ///
    /// - Returns: Every track, in the order of their numbers.
    public mutating func finish() -> [SubjectTrack] {
        ended += active.map(\.track)
        active = []
        return ended.sorted { $0.id < $1.id }
    }

    private func isSure(_ detection: Detection) -> Bool { detection.confidence >= sure[detection.kind] ?? 0.5 }

    /// Ends tracks that were lost for too long, and all of them behind a cut.
    private mutating func endLost(at time: MediaTime) {
        let isCut = lastTime.map { last in cuts.contains { last < $0 && $0 <= time } } ?? false
        let isLost = { (active: Active) in
            isCut || (time - active.track.points[active.track.points.count - 1].time).seconds > Self.longestGap
        }
        ended += active.filter(isLost).map(\.track)
        active.removeAll(where: isLost)
    }

    /// What may belong together, the likeliest first.
    private func matches(
        _ finds: [Int],
        _ detections: [Detection],
        _ colors: [ColorSignature],
        _ free: Set<Int>,
        at time: MediaTime,
        areSure: Bool
    ) -> [Match] {
        var matches: [Match] = []
        for index in free.sorted() {
            let candidate = active[index]
            let expected = candidate.expected(at: time)
            for find in finds where detections[find].name == candidate.track.name {
                let box = detections[find].box
                let overlap = expected.overlap(box)
                let similarity = candidate.colors.similarity(colors[find])
                // Somebody quick is beside the place expected: near enough for the size, of like size and colours.
                let isNear = areSure && similarity > 0.8 && Self.isNear(expected, box)
                guard overlap > (areSure ? 0.2 : 0.4) || isNear else { continue }
                matches.append(Match(active: index, find: find, worth: overlap + 0.5 * similarity))
            }
        }
        return matches.sorted { $0.worth > $1.worth }
    }

    private static func isNear(_ one: Box, _ other: Box) -> Bool {
        let ratio = one.area / max(other.area, 1e-9)
        return (0.4...2.5).contains(ratio) && abs(one.centerX - other.centerX) < 0.75 * max(one.width, other.width)
            && abs(one.centerY - other.centerY) < 0.75 * max(one.height, other.height)
    }

    private mutating func extend(_ index: Int, _ find: Detection, _ colors: ColorSignature, at time: MediaTime) {
        let last = active[index].track.points[active[index].track.points.count - 1]
        let passed = max((time - last.time).seconds, 1e-3)
        let speed = (
            x: (find.box.centerX - last.box.centerX) / passed, y: (find.box.centerY - last.box.centerY) / passed
        )
        // Half of what is new: a box trembles more than a subject turns.
        active[index].speed = (
            x: (active[index].speed.x + speed.x) / 2, y: (active[index].speed.y + speed.y) / 2
        )
        active[index].track.add(.init(time: time, box: find.box, confidence: find.confidence))
        active[index].colors = active[index].colors.followed(by: colors)
    }

    private mutating func begin(_ find: Detection, _ colors: ColorSignature, at time: MediaTime) -> Int {
        let point = SubjectTrack.Point(time: time, box: find.box, confidence: find.confidence)
        let track = SubjectTrack(id: next, kind: find.kind, name: find.name, points: [point])
        active.append(Active(track: track, colors: colors))
        next += 1
        return track.id
    }

    /// Seconds without a find that a track survives.
    private static let longestGap = 1.0
}
