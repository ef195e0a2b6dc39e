/// How much two samples differ, and whether motion can have made one the other.
struct KeyframeDifference {
    let first: KeyframeSample
    let second: KeyframeSample
    let structure: Float
    let distance: Float

    init(_ first: KeyframeSample, _ second: KeyframeSample) {
        self.first = first
        self.second = second
        structure = first.fingerprint.structure(to: second.fingerprint)
        distance = first.fingerprint.distance(to: second.fingerprint)
    }

    var isPlainly: Bool { structure > 0.5 && distance > 24 || structure > 0.32 && distance > 33 }
    var isPossible: Bool { structure > 0.15 && distance > 10 || distance > 24 }

    /// Whether nothing that moves in between, neither the camera nor a thing, can have made one sample the other.
    func isAnotherPlace(_ curve: PacketSizeCurve) -> Bool {
        guard isPlainly else { return false }
        let tone = first.fingerprint.toneDistance(to: second.fingerprint)
        let elapsed = Float(second.seconds - first.seconds)
        // A pan keeps the place's tones: only where nothing moves can the same tones be another place.
        if tone < 16 {
            return elapsed < 1 && structure > 0.8 && curve.liveliness(first.number + 1..<second.number) < 0.2
        }
        // A glitch can leave its keyframe behind in a long scene.
        if tone < 22, elapsed > 3 { return false }
        let speeds = [first.motion?.camera, second.motion?.camera].compactMap { $0 }
        let drift = elapsed * speeds.reduce(0, +) / Float(max(1, speeds.count))
        if tone < 40, drift > 0.4, distance < 55 { return false }
        return distance > 38 || elapsed < 2
    }
}
