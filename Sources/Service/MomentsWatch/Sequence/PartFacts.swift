internal import MomentsCore
internal import MomentsSystem

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

    /// Reads a file's facts.
    ///
    /// - Returns: The facts; nil where the file is of no kind that is known here, or not all there.
    static func read(_ file: borrowing Descriptor, path: FilePath) throws(SystemError) -> PartFacts? {
        let size = try file.status(path).size
        let head = try file.read(400, at: 0, of: path)
        if IsoContainer.begins(with: head) { return try IsoFacts(file, path, size).facts() }
        if MatroskaContainer.begins(with: head) {
            return MatroskaFacts.read(try file.read(MatroskaFacts.looked, at: 0, of: path))
        }
        if RiffFacts.begins(with: head) { return RiffFacts.read(try file.read(RiffFacts.looked, at: 0, of: path)) }
        return try TransportFacts(head)?.facts(file, path, size)
    }
}
