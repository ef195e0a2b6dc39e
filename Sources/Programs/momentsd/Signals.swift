internal import Glibc
internal import MomentsSystem

/// The signals the daemon listens to, as a stream.
struct Signals: Sendable {
    /// What a signal asks for.
    enum Wish: Sendable {
        case stop
        case reload
    }

    /// The wishes, in the order they came.
    let wishes: AsyncStream<Wish>
    private let source: SignalSource

    /// Begins to listen; call it before the process has other threads.
    init() throws(SystemError) {
        let (stream, continuation) = AsyncStream.makeStream(of: Wish.self, bufferingPolicy: .bufferingOldest(16))
        wishes = stream
        source = try SignalSource([SIGTERM, SIGINT, SIGHUP], on: SerialQueue(label: "momentsd.signals")) { signal in
            continuation.yield(signal == SIGHUP ? .reload : .stop)
        }
    }
}
