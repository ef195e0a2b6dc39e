package import MomentsCore

/// Finds whether pictures run at another rate than their header says, by the sound that stands beside them in the file.
///
/// A container without times shows its pictures by one number in a header alone; sound counts its own samples.
package struct RateFit: Sendable {
    /// How far a track has come by some bytes of the file, both rising.
    private struct Course: Sendable {
        private(set) var places: [(position: Int64, seconds: Double)] = []
        private var stride = 1
        private var untilNext = 1

        /// More places are not kept.
        private static let most = 1024

        mutating func add(_ position: Int64, _ seconds: Double) {
            untilNext -= 1
            guard untilNext == 0, position > places.last?.position ?? -1 else { return }
            untilNext = stride
            places.append((position, seconds))
            guard places.count == Self.most else { return }
            places = places.indices.filter { $0 % 2 == 0 }.map { places[$0] }
            stride *= 2
        }
    }

    private var pictures = Course()
    private var sound = Course()

    /// Less than so many seconds of each tell nothing.
    private static let least = 4.0
    /// Rates that differ by less are one.
    private static let same = 0.01
    /// Sound may stand so many seconds before or behind its pictures.
    private static let apart = 0.75

    /// Knows nothing yet.
    package init() {}

    /// Notes how far a track has come at a byte of the file.
    package mutating func add(isVideo: Bool, position: Int64, seconds: Double) {
        if isVideo { pictures.add(position, seconds) } else { sound.add(position, seconds) }
    }

    /// The rate pictures are most likely meant to have.
    ///
    /// - Parameter named: The header's.
    /// - Returns: The rate; nil where the header's fits, or nothing can be told.
    package func rate(named: Rational) -> Rational? {
        let heard = sound.places
        let pairs: [(pictures: Double, sound: Double)] = pictures.places.compactMap { place in
            let next = heard.partitioned { $0.position <= place.position }
            return next > 0 && next < heard.count ? (place.seconds, heard[next - 1].seconds) : nil
        }
        guard let first = pairs.first, let last = pairs.last, named.isPositive else { return nil }
        let (shown, length) = (last.pictures - first.pictures, last.sound - first.sound)
        guard min(shown, length) >= Self.least else { return nil }
        let slope = shown / length
        guard abs(slope - 1) > Self.same else { return nil }
        // All along the file, not where one of them broke off or was put behind the other.
        let isEven = pairs.allSatisfy { pair in
            abs(pair.pictures - first.pictures - (pair.sound - first.sound) * slope) < Self.apart * max(1, slope)
        }
        guard isEven else { return nil }
        let wanted = named.value * slope
        guard (1...1000).contains(wanted) else { return nil }
        let usual = Self.usual.min { abs($0.value - wanted) < abs($1.value - wanted) }
        if let usual, abs(usual.value / wanted - 1) < Self.same { return usual }
        return Rational(Int64((wanted * 1000).rounded()), 1000)
    }

    private static let usual =
        [
            Rational(24_000, 1001), Rational(30_000, 1001), Rational(60_000, 1001), Rational(25, 2), Rational(15, 2),
        ] + [5, 10, 12, 15, 20, 24, 25, 30, 50, 60, 100, 120].map { Rational($0, 1) }
}
