internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports

extension SceneSubjectsEntry {
    /// What is known of each scene.
    ///
    /// - Parameters:
    ///   - scenes: The video's scenes.
    ///   - findings: Who was found.
    ///   - visual: How the video moves.
    /// - Returns: As many as there are scenes.
    static func all(_ scenes: [Scene], _ findings: SubjectFindings, _ visual: VisualCurves) -> [SceneSubjectsEntry] {
        let motion = scenes.map { scene in
            let from = min(Int(scene.start.seconds / VisualCurves.interval), visual.count)
            let part = visual.subject[
                from..<max(from, min(Int(scene.end.seconds / VisualCurves.interval), visual.count))
            ]
            return part.isEmpty ? 0 : part.reduce(0, +) / Float(part.count)
        }
        let usual = visual.subject.sorted()
        return zip(scenes, motion).map { scene, motion in
            let rank = Double(usual.count { $0 < motion }) / Double(max(1, usual.count))
            return SceneSubjectsEntry(SceneSubjects(scene.range, findings), liveliness: rank)
        }
    }
}
