/// A moment on the clock for waiting: it never jumps, and means nothing outside this boot.
public typealias Moment = SuspendingClock.Instant

extension Duration {
    /// The whole of it in seconds.
    public var inSeconds: Double {
        let (seconds, rest) = components
        return Double(seconds) + Double(rest) * 1e-18
    }

    /// Seconds as somebody told them who may tell nonsense: what is no time of up to thirty years counts as none at all.
    public static func told(_ seconds: Double) -> Duration {
        (0...1e9).contains(seconds) ? .seconds(seconds) : .zero
    }
}
