internal import MomentsAnalysis
internal import MomentsCore

/// Rates scenes against each other.
enum SceneImportance {
    /// The scenes with their importance: 10 for those that stand out as far as can be, 1 for black and the like.
    static func rated(_ scenes: [Scene], _ saliency: Saliency) -> [Scene] {
        scenes.map { scene in
            var scene = scene
            let from = Int((scene.start.seconds / Saliency.interval).rounded())
            let to = max(from + 1, Int((scene.end.seconds / Saliency.interval).rounded()))
            let entries = min(from, max(0, saliency.count - 1))..<min(to, saliency.count)
            guard !entries.isEmpty else { return scene }
            // A long scene matters by its best part, not by its mean.
            let best = saliency.total[entries].sorted(by: >).prefix(Int(3 / Saliency.interval))
            let mean = best.reduce(0, +) / Float(best.count)
            scene.importance = min(10, max(1, 1 + Int((mean * 10).rounded())))
            return scene
        }
    }
}
