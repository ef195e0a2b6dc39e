public import MomentsCore

/// Who is in a scene, in numbers and in words.
public struct SceneSubjects: Sendable {
    /// A subject that could be covered or replaced.
    public struct Replaceable: Hashable, Sendable {
        /// How hard that would be.
        public enum Effort: String, Sendable {
            case easy
            case moderate
            case hard
        }

        /// Its track.
        public let track: Int
        /// What it is.
        public let name: String
        /// Seconds for which it is seen in the scene.
        public let seconds: Double
        /// By its size, its motion, and whether others cover it.
        public let effort: Effort
    }

    /// How many of each class are usually seen at once where any are, by name.
    public let counts: [String: Int]
    /// What could be replaced, longest seen first.
    public let replaceable: [Replaceable]
    /// The height of the largest face or person, as a share of the picture's; 0 where there is none.
    private let closest: (face: Double, person: Double)
    /// Whether anything was looked at in the scene.
    private let isKnown: Bool

    /// Gathers what was found in a scene.
    ///
    /// - Parameters:
    ///   - range: The scene.
    ///   - findings: What was found in the video.
    public init(_ range: TimeRange, _ findings: SubjectFindings) {
        let looks = findings.looks.filter { range.contains($0.time) }
        isKnown = !looks.isEmpty
        var (seen, closest): ([String: [Int]], (face: Double, person: Double)) = ([:], (0, 0))
        for look in looks {
            let tracked = zip(look.detections, look.tracks).filter { $1 != nil }.map(\.0)
            for (name, finds) in Dictionary(grouping: tracked, by: \.name) {
                seen[name, default: []].append(finds.count)
            }
            for find in tracked {
                switch find.kind {
                case .faces: closest.face = max(closest.face, find.box.height)
                case .people: closest.person = max(closest.person, find.box.height)
                case .objects, .masks: break
                }
            }
        }
        self.closest = closest
        counts = seen.mapValues { $0.sorted()[$0.count / 2] }
        replaceable = Self.replaceable(range, findings)
    }

    /// Describes the scene.
    ///
    /// - Parameter liveliness: How much it moves beside the rest of the video, 0…1.
    /// - Returns: One line such as "two people, close, lively"; empty where nothing was looked at.
    public func description(liveliness: Double) -> String {
        guard isKnown else { return "" }
        let people = max(counts["person"] ?? 0, counts["face"] ?? 0)
        var words = [people == 0 ? "nobody" : Self.count(people, "person", "people")]
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) where name != "person" && name != "face" {
            words.append(Self.count(count, name, name + "s"))
        }
        if let distance = distance(people) { words.append(distance) }
        if liveliness > 0.66 { words.append("lively") } else if liveliness < 0.33 { words.append("calm") }
        return words.joined(separator: ", ")
    }

    /// How near people are, by the height of the largest face or body; nil where that is nothing special.
    private func distance(_ people: Int) -> String? {
        if closest.face > 0.35 { return "very close" }
        if closest.face > 0.15 { return "close" }
        // A face is about a quarter as high as what is usually seen below it.
        return people > 0 && max(closest.person, closest.face * 4) < 0.35 ? "far away" : nil
    }

    private static func count(_ number: Int, _ one: String, _ several: String) -> String {
        let names = ["one", "two", "three", "four", "five", "six"]
        let word = number <= names.count ? names[number - 1] : "many"
        return "\(word) \(number == 1 ? one : several)"
    }

    private static func replaceable(_ range: TimeRange, _ findings: SubjectFindings) -> [Replaceable] {
        let seen = findings.tracks.compactMap { track -> Replaceable? in
            let points = track.points.filter { range.contains($0.time) }
            guard points.count > 1 else { return nil }
            let seconds = (points[points.count - 1].time - points[0].time).seconds
            let size = points.reduce(0) { $0 + $1.box.area } / Double(points.count)
            let path = zip(points, points.dropFirst()).reduce(0) {
                $0 + abs($1.1.box.centerX - $1.0.box.centerX) + abs($1.1.box.centerY - $1.0.box.centerY)
            }
            let covered = findings.tracks.contains { other in
                other.id != track.id && other.kind == track.kind
                    && points.contains { point in other.box(at: point.time).map { $0.overlap(point.box) > 0.1 } ?? false
                    }
            }
            let hardness = (size > 0.15 ? 1 : 0) + (path / max(seconds, 0.1) > 0.15 ? 1 : 0) + (covered ? 1 : 0)
            let effort: Replaceable.Effort = hardness == 0 ? .easy : hardness == 1 ? .moderate : .hard
            return Replaceable(track: track.id, name: track.name, seconds: seconds, effort: effort)
        }
        return seen.sorted { ($1.seconds, $0.track) < ($0.seconds, $1.track) }
    }
}
