/// Puts what is certain and what was seen together to scenes.
public enum SparseScenes {
    /// Makes the scenes.
    ///
    /// - Parameters:
    ///   - certain: First frames of scenes, by the order shown.
    ///   - findings: What was seen where the video was decoded; there, it overrides what was certain.
    ///   - times: When the frames are shown.
    /// - Returns: Scenes without gaps.
    public static func scenes(certain: [Int], findings: [SegmentFindings], times: FrameTimes) -> [Scene] {
        var cuts: [Int: SceneBoundary] = [:]
        var gradual: [GradualDetector.Finding] = []
        var seen: [Range<Int>] = []
        for finding in findings where finding.isComplete {
            func number(_ frame: Int) -> Int { times.index(at: finding.times[frame]) }
            let (first, last) = (number(0), number(finding.times.count - 1))
            let isLast = last >= times.count - 1
            seen.append(first..<(isLast ? times.count : max(first, last - CutDetector.reach)))
            for cut in finding.cuts {
                let frame = number(cut.frame)
                cuts[frame] = SceneBoundary(cut: frame, strength: cut.strength)
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
        for frame in certain where cuts[frame] == nil {
            // What was seen on both sides of the frame is known.
            if !seen.contains(where: { $0.lowerBound < frame && $0.contains(frame) }) {
                cuts[frame] = SceneBoundary(cut: frame, strength: 1)
            }
        }
        let hard = apart(cuts.values.sorted { $0.frame < $1.frame })
        let all = SceneList.boundaries(cuts: hard, findings: gradual, frames: times.count)
        return SceneList.scenes(all, times: times)
    }

    /// Drops the weaker of two that are nearer than the shortest scene.
    private static func apart(_ cuts: [SceneBoundary]) -> [SceneBoundary] {
        var kept: [SceneBoundary] = []
        for cut in cuts {
            guard let last = kept.last, cut.frame - last.frame <= CutDetector.reach else {
                kept.append(cut)
                continue
            }
            if cut.strength > last.strength { kept[kept.count - 1] = cut }
        }
        return kept
    }
}
