/// How much a worker may say; what it works on may have taken it over.
public struct WorkerLimits: Hashable, Sendable {
    /// The longest line of its output, in bytes.
    public var longestLine = 1 << 20
    /// What is read at a time before anything else has its turn, in bytes.
    public var bytesPerTurn = 256 << 10
    /// What is read in a second; the rest waits in the pipe, and the worker with it.
    public var bytesPerSecond = 2 << 20
    /// Lines that are read in a second.
    public var linesPerSecond = 1000
    /// All of its output, in bytes.
    public var bytesPerJob = 64 << 20
    /// All lines of its output.
    public var linesPerJob = 200_000
    /// The longest text in an event, in bytes; the rest is cut.
    public var longestText = 2000
    /// What is read of its standard error in a second, in bytes: more than libav has to say of any damaged video.
    public var errorBytesPerSecond = 512 << 10
    /// Lines of its standard error that are passed on at once.
    public var complaintsAtOnce = 100
    /// Lines of its standard error that are passed on in a second, once those are spent.
    public var complaintsPerSecond = 5
    /// How often progress is passed on at most.
    public var reportPause = Duration.milliseconds(250)

    /// Makes the ordinary limits: a hundred times of what a worker needs.
    public init() {}
}
