public import MomentsCore

/// The form to which shots of several videos are brought, so that they can stand in one reel.
///
/// Pictures are fitted in, with themselves blurred or black beside them, never stretched; each is shown for as long as every other one; ordinary
/// colours, and sound in two channels, silent where the video has none.
public struct ReelForm: Hashable, Sendable {
    /// Width in pixels; even.
    public let width: Int
    /// Height in pixels; even.
    public let height: Int
    /// Pictures a second; positive.
    public let rate: Rational
    /// Whether beside a picture of another shape it is shown again, larger and blurred, instead of black.
    public let fillsSides: Bool

    /// Makes a form.
    public init(width: Int, height: Int, rate: Rational, fillsSides: Bool = false) {
        (self.width, self.height, self.rate, self.fillsSides) = (width, height, rate, fillsSides)
    }

    /// A clock that tells when each picture is shown.
    var base: Rational { Rational(1, rate.numerator) }

    /// When a picture is shown, counted from 0.
    func time(of picture: Int64) -> MediaTime {
        MediaTime(timestamp: picture, base: Rational(rate.denominator, rate.numerator))
    }

    /// A segment of whole pictures, not longer than the one given; one picture at least.
    public func whole(_ range: TimeRange) -> TimeRange {
        let count = max(1, Int64((range.duration.seconds * rate.value + 0.01).rounded(.down)))
        return TimeRange(start: range.start, end: range.start + time(of: count))
    }
}
