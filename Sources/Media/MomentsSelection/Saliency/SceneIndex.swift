internal import MomentsAnalysis
internal import MomentsCore

/// Which scene each entry of the frame's grid lies in.
struct SceneIndex {
    /// The number of the scene of each entry.
    let scene: [Int]

    init(_ scenes: [Scene], count: Int) {
        var numbers = [Int](repeating: 0, count: count)
        for (number, item) in scenes.enumerated() {
            let from = Int((item.start.seconds / Saliency.interval).rounded())
            let to = min(count, Int((item.end.seconds / Saliency.interval).rounded()))
            if from < to { for index in max(0, from)..<to { numbers[index] = number } }
        }
        scene = numbers
    }

    /// The mean of `values` over `seconds` around each entry, never across the border of a scene.
    func smoothed(_ values: [Float], over seconds: Double) -> [Float] {
        values.indices.map { index in
            let near = values[around(index, seconds)]
            return near.reduce(0, +) / Float(near.count)
        }
    }

    /// The median of `values` over `seconds` around each entry, never across the border of a scene.
    func medians(_ values: [Float], over seconds: Double) -> [Float] {
        values.indices.map { RobustScale.median(Array(values[around($0, seconds)])) }
    }

    /// The entries of the same scene within half of `seconds` to both sides.
    func around(_ index: Int, _ seconds: Double) -> ClosedRange<Int> {
        let reach = Int((seconds / Saliency.interval / 2).rounded())
        var (from, to) = (index, index)
        while from > 0, index - from < reach, scene[from - 1] == scene[index] { from -= 1 }
        while to + 1 < scene.count, to - index < reach, scene[to + 1] == scene[index] { to += 1 }
        return from...to
    }
}
