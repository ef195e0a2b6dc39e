internal import MomentsAnalysis
internal import MomentsCore

/// Which scene each entry of the picture's grid lies in.
struct SceneIndex {
    /// The number of the scene of each entry.
    let scene: [Int]

    init(_ scenes: [Scene], count: Int) {
        var numbers = [Int](repeating: 0, count: count)
        for (number, item) in scenes.enumerated() {
            let from = Int((item.start.seconds / Interest.interval).rounded())
            let to = min(count, Int((item.end.seconds / Interest.interval).rounded()))
            if from < to { for index in max(0, from)..<to { numbers[index] = number } }
        }
        scene = numbers
    }

    /// The mean of `values` over `seconds` around each entry, never across the border of a scene.
    func smoothed(_ values: [Float], over seconds: Double) -> [Float] {
        let reach = Int(seconds / Interest.interval / 2)
        return values.indices.map { index in
            var (sum, number) = (values[index], Float(1))
            for direction in [-1, 1] {
                for distance in 1...max(1, reach) {
                    let other = index + direction * distance
                    guard values.indices.contains(other), scene[other] == scene[index] else { break }
                    sum += values[other]
                    number += 1
                }
            }
            return sum / number
        }
    }
}
