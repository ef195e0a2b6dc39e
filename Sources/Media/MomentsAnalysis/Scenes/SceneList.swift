internal import MomentsCore

/// Puts cuts and gradual transitions together to one list of boundaries, and that to scenes.
enum SceneList {
    /// Joins what overlaps, drops what is not the change from one scene to another.
    ///
    /// - Parameters:
    ///   - cuts: Hard cuts in rising order.
    ///   - findings: Segments that look like gradual transitions, in any order.
    ///   - frames: The number of frames.
    /// - Returns: Boundaries in rising order, none nearer to another than the shortest scene.
    static func boundaries(
        cuts: [SceneBoundary],
        findings: [GradualDetector.Finding],
        frames: Int
    ) -> [SceneBoundary] {
        let cutFrames = cuts.map(\.frame)
        // A segment with a hard cut inside is explained by the cut.
        let audio = findings.filter { finding in
            !cutFrames.contains { finding.from - 2 <= $0 && $0 <= finding.to + 2 }
        }
        var groups: [[GradualDetector.Finding]] = []
        var reach = Int.min
        for finding in audio.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if finding.from <= reach, !groups.isEmpty {
                groups[groups.count - 1].append(finding)
            } else {
                groups.append([finding])
            }
            reach = max(reach, finding.to)
        }
        let gradual = groups.compactMap { boundary(of: $0, frames: frames) }
        return (cuts + gradual).sorted { $0.frame < $1.frame }
    }

    private static func boundary(of group: [GradualDetector.Finding], frames: Int) -> SceneBoundary? {
        guard let best = group.max(by: { $0.size < $1.size }) else { return nil }
        let from = group.map(\.from).min() ?? best.from
        let to = group.map(\.to).max() ?? best.to
        // Fading in at the very start, or out at the very end, leads from or to no other scene.
        guard from > 2, to < frames - 3 || best.transition != .fade else { return nil }
        return SceneBoundary(
            frame: best.middle,
            transition: best.transition,
            mixedFrom: from,
            mixedTo: to,
            strength: best.size
        )
    }

    /// Turns boundaries into scenes without gaps.
    static func scenes(_ boundaries: [SceneBoundary], times: FrameTimes) -> [Scene] {
        var scenes: [Scene] = []
        var begin = SceneBoundary(cut: 0, strength: 0)
        for boundary in boundaries + [SceneBoundary(cut: times.count, strength: 0)] {
            guard boundary.frame > begin.frame else { continue }
            let mixed = TimeRange(start: times[begin.mixedFrom], end: times[begin.mixedTo])
            scenes.append(
                Scene(
                    start: times[begin.frame],
                    end: times[boundary.frame],
                    startFrame: begin.frame,
                    endFrame: boundary.frame,
                    transition: begin.transition,
                    mixedStart: begin.mixedTo > begin.mixedFrom ? mixed : nil
                )
            )
            begin = boundary
        }
        return scenes
    }
}
