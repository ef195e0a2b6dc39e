/// What kind of audio it is, told by how its level moves over a second and how its spectrum is made.
///
/// Speech goes up and down some 4 times a second, sits in the telephone band and is made of tones; a crowd or applause
/// holds its level and is made of noise. Similarities, not recognition: music with a voice is speech-like too.
struct AudioKinds {
    private(set) var speech: [Float]
    private(set) var crowd: [Float]

    /// Judges every block by the second around it.
    init(level: [Float], voice: [Float], flatness: [Float]) {
        let reach = 10
        speech = [Float](repeating: 0, count: level.count)
        crowd = speech
        for index in level.indices {
            let window = max(0, index - reach)...min(level.count - 1, index + reach)
            let count = Float(window.count)
            let mean = level[window].reduce(0, +) / count
            guard mean > -60 else { continue }
            let swing = level[window].reduce(0) { $0 + abs($1 - mean) } / count
            let inBand = voice[window].reduce(0, +) / count
            let even = flatness[window].reduce(0, +) / count
            speech[index] = Self.ramp(swing, 2.5, 6) * Self.ramp(inBand, 0.3, 0.6) * (1 - Self.ramp(even, 0.35, 0.7))
            crowd[index] = (1 - Self.ramp(swing, 2, 5)) * Self.ramp(even, 0.35, 0.7)
        }
    }

    private static func ramp(_ value: Float, _ low: Float, _ high: Float) -> Float {
        min(max((value - low) / (high - low), 0), 1)
    }
}
