/// How often polled folders are looked at: often while something arrives, seldom when nothing has for long; pure.
struct PollingPace {
    /// How many looks in a row found nothing.
    private var quiet = 0

    /// Notes a look, and says how long to wait for the next.
    ///
    /// - Parameters:
    ///   - interval: The ordinary pause.
    ///   - isBusy: Whether something was found, or is still arriving.
    /// - Returns: A fifth of the pause while busy; after twenty quiet looks it grows, up to six times.
    mutating func pause(_ interval: Duration, isBusy: Bool) -> Duration {
        quiet = isBusy ? 0 : quiet + 1
        if isBusy { return interval / 5 }
        return interval * min(6, max(1, Double(quiet - 20) / 10 + 1))
    }
}
