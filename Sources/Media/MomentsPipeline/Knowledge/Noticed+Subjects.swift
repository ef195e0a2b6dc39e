internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsSelection

extension Noticed {
    /// People from which on more count no more.
    private static let manyPeople: Float = 6
    /// Seconds around a look in which the people found count as there.
    private static let around = 1.0

    /// Who was found, as curves of so many entries; nothing where nobody was looked for.
    init(_ subjects: SubjectFindings?, count: Int) {
        guard let subjects, !subjects.looks.isEmpty else {
            self = .none
            return
        }
        var people = [Float](repeating: 0, count: count)
        for look in subjects.looks {
            let (seen, bodies) = (look.faces, look.sure.count { $0.name == "person" })
            func entry(_ seconds: Double) -> Int { min(max(0, Int(seconds / VisualCurves.interval)), count) }
            let (from, to) = (entry(look.time.seconds - Self.around), entry(look.time.seconds + Self.around))
            for index in from..<to {
                people[index] = max(people[index], min(1, Float(max(seen, bodies)) / Self.manyPeople))
            }
        }
        self.init([.faces: Self.faces(subjects.looks, count: count), .people: people])
    }

    /// Whether a face is seen: 1 where it is, 0 where none is, and evenly from one look to the next between them.
    private static func faces(_ looks: [SubjectFindings.Look], count: Int) -> [Float] {
        let known = looks.map { (time: $0.time.seconds, seen: Float(min(1, $0.faces))) }.sorted { $0.time < $1.time }
        var next = 0
        return (0..<count).map { index in
            let middle = (Double(index) + 0.5) * VisualCurves.interval
            while next < known.count, known[next].time <= middle { next += 1 }
            guard next > 0 else { return known[0].seen }
            guard next < known.count else { return known[next - 1].seen }
            let (before, after) = (known[next - 1], known[next])
            let share = Float((middle - before.time) / (after.time - before.time))
            return before.seen + share * (after.seen - before.seen)
        }
    }
}

extension SubjectFindings.Look {
    /// How many faces were found.
    fileprivate var faces: Int { sure.count { $0.kind == .faces } }
}
