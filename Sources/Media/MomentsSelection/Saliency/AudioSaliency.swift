internal import MomentsAnalysis

/// What the audio says, on the frame's grid.
struct AudioSaliency {
    /// Loudness above the usual, in spreads.
    private(set) var loudness: [Float]
    /// Whether the audio lives: 1 where the level moves, down to 0.4 for a hum.
    private(set) var liveliness: [Float]
    /// Similarity of a crowd, where it is loud: 0…1.
    private(set) var crowd: [Float]

    /// How much quieter it gets, in dB, where something else is heard.
    private static let fall: Float = 8

    /// Reads the curves; without audio nothing stands out.
    ///
    /// - Parameters:
    ///   - audio: The curves.
    ///   - scenes: The scene of each entry: a scene is judged by what is heard in it.
    init(_ audio: AudioCurves?, scenes: SceneIndex) {
        let count = scenes.scene.count
        loudness = [Float](repeating: 0, count: count)
        liveliness = [Float](repeating: 1, count: count)
        crowd = loudness
        guard let audio, audio.count > 0 else { return }
        let ratio = Saliency.interval / AudioCurves.interval
        func entries(_ range: ClosedRange<Int>) -> ClosedRange<Int> {
            let from = Int((Double(range.lowerBound) * ratio).rounded())
            let to = Int((Double(range.upperBound + 1) * ratio).rounded()) - 1
            return min(max(0, from), audio.count - 1)...min(max(0, to), audio.count - 1)
        }
        func mean(_ values: [Float], _ range: ClosedRange<Int>) -> Float {
            values[range].reduce(0, +) / Float(range.count)
        }
        // The median of a second and a half passes over single words and blows, which are no moment by themselves, and
        // keeps the instant at which it gets loud.
        let level = scenes.medians((0..<count).map { mean(audio.loudness, entries($0...$0)) }, over: 1.4)
        // Digital silence says nothing about how loud this recording usually is, unless there is nothing else.
        let silent = level.map { $0 < -65 }
        let isQuiet = silent.count { $0 } * 10 > 9 * count
        loudness = RobustScale.scores(
            level,
            interval: Saliency.interval,
            floor: 3,
            excluded: isQuiet ? [Bool](repeating: false, count: count) : silent
        )
        for index in 0..<count {
            // Where it gets much quieter near by, that fall is no life of what is heard here.
            func last(_ step: Int, _ end: Int) -> Int {
                var place = index
                while place != end, level[place + step] > level[index] - Self.fall { place += step }
                return place
            }
            let around = scenes.around(index, 3)
            let (from, to) = (last(-1, around.lowerBound), last(1, around.upperBound))
            // The outermost entries may hold a part of the fall.
            let near = to - from > 4 ? entries(from + 1...to - 1) : entries(from...to)
            // Plain noise swings by 0.8 dB from one 50 ms to the next; whatever lives swings more.
            let usual = mean(audio.level, near)
            let swing = audio.level[near].reduce(0) { $0 + abs($1 - usual) } / Float(near.count)
            liveliness[index] = 0.4 + 0.6 * ramp(swing, 0.9, 1.5)
            crowd[index] = mean(audio.crowd, entries(index...index)) * ramp(loudness[index], 1, 2)
        }
    }
}
