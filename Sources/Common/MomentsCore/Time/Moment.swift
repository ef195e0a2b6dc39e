/// A moment on the clock for waiting: it never jumps, and means nothing outside this boot.
public typealias Moment = SuspendingClock.Instant

extension Duration {
    /// The whole of it in seconds.
    public var inSeconds: Double {
        let (seconds, rest) = components
        return Double(seconds) + Double(rest) * 1e-18
    }
}
