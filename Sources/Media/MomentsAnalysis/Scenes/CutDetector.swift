/// Finds hard cuts: a frame the one before cannot explain, among neighbours that explain each other.
///
/// Nothing here is a threshold on brightness or motion. A cut shows as unexplained texture (`MotionField.mismatch`,
/// near 1 whatever the material), must stand above its neighbours, and the frames before must stay unlike those after
/// for as long as the shortest scene: what comes back is a flash, a glitch, or something passing the lens.
struct CutDetector {
    /// Frames looked at on both sides.
    ///
    /// Scenes are taken to be at least one longer: six frames.
    static let reach = 5
    /// How far a cut must stand above its neighbourhood.
    static let prominence: Float = 1.3

    private struct Entry {
        var score: Float
        var fingerprint: Fingerprint
    }

    private var entries: [Entry]
    private var count = 0
    private(set) var cuts: [SceneBoundary] = []

    init(size: AnalysisSize) {
        let empty = Entry(score: 0, fingerprint: Fingerprint(size: size))
        entries = [Entry](repeating: empty, count: 2 * Self.reach + 2)
    }

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - fingerprint: Its print.
    ///   - mismatch: How much of it the one before leaves unexplained.
    mutating func add(_ fingerprint: Fingerprint, mismatch: Float) {
        let score = count == 0 ? 0 : max(mismatch, tone(fingerprint))
        entries[count % entries.count] = Entry(score: score, fingerprint: fingerprint)
        count += 1
        judge(count - 1 - Self.reach)
    }

    /// Judges the last frames, which have fewer neighbours behind them.
    mutating func finish() {
        for frame in max(1, count - Self.reach)..<max(1, count) { judge(frame) }
    }

    /// A leap in tone, for frames without texture to match: 0…1.
    ///
    /// Counted only between a plain and a structured frame or two plain ones; elsewhere it would be a change of light.
    private func tone(_ fingerprint: Fingerprint) -> Float {
        let before = entries[(count - 1) % entries.count].fingerprint
        guard min(before.contrast, fingerprint.contrast) < 4 else { return 0 }
        let leap = before.distance(to: fingerprint)
        return leap < 12 ? 0 : min(1, leap / 40)
    }

    private func entry(_ frame: Int) -> Entry { entries[frame % entries.count] }

    private mutating func judge(_ frame: Int) {
        guard frame >= 1 else { return }
        let score = entry(frame).score
        guard score > 0.25 else { return }
        var highest: Float = 0
        for near in max(1, frame - Self.reach)...min(count - 1, frame + Self.reach) where near != frame {
            highest = max(highest, entry(near).score)
        }
        let strength = score / (highest + 0.15)
        guard strength >= Self.prominence, !comesBack(frame) else { return }
        cuts.append(SceneBoundary(cut: frame, strength: strength))
    }

    /// Whether a frame soon after looks like one shortly before, or the change is one of light alone.
    private func comesBack(_ frame: Int) -> Bool {
        let direct = entry(frame - 1).fingerprint.structure(to: entry(frame).fingerprint)
        let plain = min(entry(frame - 1).fingerprint.contrast, entry(frame).fingerprint.contrast) < 4
        guard direct > 0.06 || plain else { return true }
        for before in max(0, frame - Self.reach)..<frame {
            for after in frame...min(count - 1, frame + Self.reach) {
                let (one, other) = (entry(before).fingerprint, entry(after).fingerprint)
                if min(one.contrast, other.contrast) < 4 {
                    if one.distance(to: other) < 8 { return true }
                } else if one.structure(to: other) < min(0.15, direct * 0.4) {
                    return true
                }
            }
        }
        return false
    }
}
