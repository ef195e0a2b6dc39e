internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsSelection

extension Noticed {
    /// Faces and people from which on more count no more.
    private static let (manyFaces, manyPeople): (Float, Float) = (2, 6)
    /// Seconds around a look in which what was found counts as there.
    private static let around = 1.0

    /// Who was found, as curves; nothing where nobody was looked for.
    init(_ signals: Signals, _ subjects: SubjectFindings?) {
        guard let subjects, !subjects.looks.isEmpty else {
            self = .none
            return
        }
        let count = signals.visual.count
        var (faces, people) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        for look in subjects.looks {
            let (seen, bodies) = (
                look.detections.count { $0.kind == .faces }, look.detections.count { $0.name == "person" }
            )
            func entry(_ seconds: Double) -> Int { min(max(0, Int(seconds / VisualCurves.interval)), count) }
            let (from, to) = (entry(look.time.seconds - Self.around), entry(look.time.seconds + Self.around))
            for index in from..<to {
                faces[index] = max(faces[index], min(1, Float(seen) / Self.manyFaces))
                people[index] = max(people[index], min(1, Float(max(seen, bodies)) / Self.manyPeople))
            }
        }
        self.init([.faces: faces, .people: people])
    }
}
