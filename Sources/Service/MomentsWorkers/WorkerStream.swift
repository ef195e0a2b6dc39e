internal import MomentsCore
internal import MomentsSystem

/// A stream of a worker that is listened to, but for pauses.
struct WorkerStream {
    /// When it is listened to again; nil where it is, or never will be.
    private(set) var pausedUntil: Moment?
    private var source: ReadSource?
    private let listen: @Sendable () -> ReadSource

    /// Listens from now on.
    init(_ listen: @escaping @Sendable () -> ReadSource) {
        self.listen = listen
        source = listen()
    }

    /// Whether no more is to be read of it now.
    var isPaused: Bool { pausedUntil != nil }

    /// Reads no more of it before a moment.
    mutating func pause(until moment: Moment) {
        pausedUntil = moment
        source?.cancel()
    }

    /// Listens again where a pause is over.
    mutating func proceed(at now: Moment) {
        guard let until = pausedUntil, now >= until else { return }
        pausedUntil = nil
        source = listen()
    }

    /// Ends a pause without listening again, for whoever reads what is left.
    mutating func cutPause() { pausedUntil = nil }

    /// Listens no more.
    mutating func close() { source?.cancel() }
}
