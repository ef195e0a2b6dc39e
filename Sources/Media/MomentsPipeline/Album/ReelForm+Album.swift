internal import MomentsCore
internal import MomentsRendering
internal import MomentsSelection

/// The one form of an album's shots.
extension ReelForm {
    /// The size that most of the shots have, and the rate; upright ones stand in a lying picture, or the other way round.
    init(of videos: [AlbumMaker.Video], _ choice: AlbumChoice, fillsSides: Bool) {
        var (sizes, rates): ([[Int]: Double], [Rational: Double]) = ([:], [:])
        // Photos come in every size; they take the form of the videos.
        for shot in choice.shots where !videos[shot.video].file.isPhoto {
            guard let facts = videos[shot.video].facts else { continue }
            let seconds = shot.candidate.range.duration.seconds
            sizes[[facts.width, facts.height], default: 0] += seconds
            rates[Self.rate(near: facts.rate), default: 0] += seconds
        }
        let size =
            sizes.max { ($0.value, $0.key[0] * $0.key[1]) < ($1.value, $1.key[0] * $1.key[1]) }?.key ?? [1920, 1080]
        let rate = rates.max { ($0.value, $0.key.value) < ($1.value, $1.key.value) }?.key ?? Rational(25, 1)
        let scale = min(1, 1920 / Double(max(size[0], size[1])), 1080 / Double(min(size[0], size[1])))
        func even(_ length: Int) -> Int { max(2, Int((Double(length) * scale / 2).rounded()) * 2) }
        self.init(width: even(size[0]), height: even(size[1]), rate: rate, fillsSides: fillsSides)
    }

    /// The rate of films and cameras that is nearest; fast ones are shown half as often.
    private static func rate(near rate: Double) -> Rational {
        let known = [
            Rational(24, 1), Rational(25, 1), Rational(30_000, 1001), Rational(30, 1), Rational(50, 1),
            Rational(60_000, 1001), Rational(60, 1),
        ]
        guard rate > 0 else { return Rational(25, 1) }
        var slow = rate
        while slow > 61 { slow /= 2 }
        return known.min { abs($0.value - slow) < abs($1.value - slow) } ?? Rational(25, 1)
    }
}
