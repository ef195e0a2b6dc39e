/// What a container's headers tell of its streams and times: enough to see whether another file goes on with it.
struct PartFacts: Hashable, Sendable {
    /// The streams with all that decoding them needs; the same text means the same streams.
    let streams: String
    /// Seconds of pictures; nil where headers do not say.
    var duration: Double?
    /// When it was made, in seconds since 1970, by the camera's clock.
    var created: Int64?
    /// The first and the last time its pictures show, in seconds of a transport stream's clock.
    var firstClock: Double?
    var lastClock: Double?

    /// Makes facts.
    init(
        streams: String,
        duration: Double? = nil,
        created: Int64? = nil,
        firstClock: Double? = nil,
        lastClock: Double? = nil
    ) {
        self.streams = streams
        self.duration = duration
        self.created = created
        self.firstClock = firstClock
        self.lastClock = lastClock
    }
}
