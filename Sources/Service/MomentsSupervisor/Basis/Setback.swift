/// A job that could not be started, as far as it matters for what is started next.
struct Setback {
    /// How long nobody is started.
    var pause = Duration.seconds(5)
    /// Whether its manifest says by now that it is at work.
    var isBegun = false
    /// Whether others go first.
    var isLast = false
}
