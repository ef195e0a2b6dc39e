/// Finds hard cuts: a picture the one before cannot explain, among neighbours that explain each other.
///
/// Nothing here is a threshold on brightness or motion. A cut shows as unexplained texture (`MotionField.mismatch`, near
/// 1 whatever the material), must stand above its neighbours, and the pictures before must stay unlike those after for
/// as long as the shortest shot: what comes back is a flash, a glitch, or something passing the lens.
struct CutDetector {
    /// Pictures looked at on both sides.
    ///
    /// Shots are taken to be at least one longer: six pictures.
    static let reach = 5
    /// How far a cut must stand above its neighbourhood.
    static let prominence: Float = 1.3

    private struct Entry {
        var score: Float
        var print: Thumbprint
    }

    private var entries: [Entry]
    private var count = 0
    private(set) var cuts: [ShotBoundary] = []

    init(size: AnalysisSize) {
        let empty = Entry(score: 0, print: Thumbprint(size: size))
        entries = [Entry](repeating: empty, count: 2 * Self.reach + 2)
    }

    /// Takes the next picture.
    ///
    /// - Parameters:
    ///   - print: Its print.
    ///   - mismatch: How much of it the one before leaves unexplained.
    mutating func add(_ print: Thumbprint, mismatch: Float) {
        let score = count == 0 ? 0 : max(mismatch, tone(print))
        entries[count % entries.count] = Entry(score: score, print: print)
        count += 1
        judge(count - 1 - Self.reach)
    }

    /// Judges the last pictures, which have fewer neighbours behind them.
    mutating func finish() {
        for picture in max(1, count - Self.reach)..<max(1, count) { judge(picture) }
    }

    /// A leap in tone, for pictures without texture to match: 0…1.
    ///
    /// Counted only between a plain and a structured picture or two plain ones; elsewhere it would be a change of light.
    private func tone(_ print: Thumbprint) -> Float {
        let before = entries[(count - 1) % entries.count].print
        guard min(before.contrast, print.contrast) < 4 else { return 0 }
        let leap = before.distance(to: print)
        return leap < 12 ? 0 : min(1, leap / 40)
    }

    private func entry(_ picture: Int) -> Entry { entries[picture % entries.count] }

    private mutating func judge(_ picture: Int) {
        guard picture >= 1 else { return }
        let score = entry(picture).score
        guard score > 0.25 else { return }
        var highest: Float = 0
        for near in max(1, picture - Self.reach)...min(count - 1, picture + Self.reach) where near != picture {
            highest = max(highest, entry(near).score)
        }
        let strength = score / (highest + 0.15)
        guard strength >= Self.prominence, !comesBack(picture) else { return }
        cuts.append(ShotBoundary(cut: picture, strength: strength))
    }

    /// Whether a picture soon after looks like one shortly before, or the change is one of light alone.
    private func comesBack(_ picture: Int) -> Bool {
        let direct = entry(picture - 1).print.structure(to: entry(picture).print)
        let plain = min(entry(picture - 1).print.contrast, entry(picture).print.contrast) < 4
        guard direct > 0.06 || plain else { return true }
        for before in max(0, picture - Self.reach)..<picture {
            for after in picture...min(count - 1, picture + Self.reach) {
                let (one, other) = (entry(before).print, entry(after).print)
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
