internal import MomentsCore

/// Puts cuts and gradual transitions together to one list of boundaries, and that to scenes.
enum ShotList {
    /// Joins what overlaps, drops what is not the change from one scene to another.
    ///
    /// - Parameters:
    ///   - cuts: Hard cuts in rising order.
    ///   - findings: Stretches that look like gradual transitions, in any order.
    ///   - pictures: The number of pictures.
    /// - Returns: Boundaries in rising order, none nearer to another than the shortest shot.
    static func boundaries(
        cuts: [ShotBoundary],
        findings: [GradualDetector.Finding],
        pictures: Int
    ) -> [ShotBoundary] {
        let cutPictures = cuts.map(\.picture)
        // A stretch with a hard cut inside is explained by the cut.
        let sound = findings.filter { finding in
            !cutPictures.contains { finding.from - 2 <= $0 && $0 <= finding.to + 2 }
        }
        var groups: [[GradualDetector.Finding]] = []
        var reach = Int.min
        for finding in sound.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if finding.from <= reach, !groups.isEmpty {
                groups[groups.count - 1].append(finding)
            } else {
                groups.append([finding])
            }
            reach = max(reach, finding.to)
        }
        let gradual = groups.compactMap { boundary(of: $0, pictures: pictures) }
        return (cuts + gradual).sorted { $0.picture < $1.picture }
    }

    private static func boundary(of group: [GradualDetector.Finding], pictures: Int) -> ShotBoundary? {
        guard let best = group.max(by: { $0.size < $1.size }) else { return nil }
        let from = group.map(\.from).min() ?? best.from
        let to = group.map(\.to).max() ?? best.to
        // Fading in at the very start, or out at the very end, leads from or to no other scene.
        guard from > 2, to < pictures - 3 || best.transition != .fade else { return nil }
        return ShotBoundary(
            picture: best.middle,
            transition: best.transition,
            mixedFrom: from,
            mixedTo: to,
            strength: best.size
        )
    }

    /// Turns boundaries into scenes without gaps.
    static func scenes(_ boundaries: [ShotBoundary], times: PictureTimes) -> [Scene] {
        var scenes: [Scene] = []
        var begin = ShotBoundary(cut: 0, strength: 0)
        for boundary in boundaries + [ShotBoundary(cut: times.count, strength: 0)] {
            guard boundary.picture > begin.picture else { continue }
            let mixed = TimeRange(start: times[begin.mixedFrom], end: times[begin.mixedTo])
            scenes.append(
                Scene(
                    start: times[begin.picture],
                    end: times[boundary.picture],
                    startFrame: begin.picture,
                    endFrame: boundary.picture,
                    transition: begin.transition,
                    mixedStart: begin.mixedTo > begin.mixedFrom ? mixed : nil
                )
            )
            begin = boundary
        }
        return scenes
    }
}
