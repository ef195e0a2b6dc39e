/// Puts what is certain and what was seen together to scenes.
public enum SparseScenes {
    /// Makes the scenes.
    ///
    /// - Parameters:
    ///   - certain: First pictures of shots, by the order shown.
    ///   - findings: What was seen where the video was decoded; there, it overrides what was certain.
    ///   - times: When the pictures are shown.
    /// - Returns: Scenes without gaps.
    public static func scenes(certain: [Int], findings: [StretchFindings], times: PictureTimes) -> [Scene] {
        var cuts: [Int: ShotBoundary] = [:]
        var gradual: [GradualDetector.Finding] = []
        var seen: [Range<Int>] = []
        for finding in findings where finding.isComplete {
            func number(_ picture: Int) -> Int { times.index(at: finding.times[picture]) }
            let (first, last) = (number(0), number(finding.times.count - 1))
            let isLast = last >= times.count - 1
            seen.append(first..<(isLast ? times.count : max(first, last - CutDetector.reach)))
            for cut in finding.cuts {
                let picture = number(cut.picture)
                cuts[picture] = ShotBoundary(cut: picture, strength: cut.strength)
            }
            for found in finding.gradual {
                gradual.append(
                    GradualDetector.Finding(
                        from: number(found.from),
                        to: number(found.to),
                        middle: number(found.middle),
                        transition: found.transition,
                        size: found.size
                    )
                )
            }
        }
        for picture in certain where cuts[picture] == nil {
            // What was seen on both sides of the picture is known.
            if !seen.contains(where: { $0.lowerBound < picture && $0.contains(picture) }) {
                cuts[picture] = ShotBoundary(cut: picture, strength: 1)
            }
        }
        let hard = apart(cuts.values.sorted { $0.picture < $1.picture })
        let all = ShotList.boundaries(cuts: hard, findings: gradual, pictures: times.count)
        return ShotList.scenes(all, times: times)
    }

    /// Drops the weaker of two that are nearer than the shortest shot.
    private static func apart(_ cuts: [ShotBoundary]) -> [ShotBoundary] {
        var kept: [ShotBoundary] = []
        for cut in cuts {
            guard let last = kept.last, cut.picture - last.picture <= CutDetector.reach else {
                kept.append(cut)
                continue
            }
            if cut.strength > last.strength { kept[kept.count - 1] = cut }
        }
        return kept
    }
}
