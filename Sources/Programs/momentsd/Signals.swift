internal import Dispatch
internal import Glibc

/// The signals the daemon listens to, as a stream.
struct Signals: Sendable {
    /// What a signal asks for.
    enum Wish: Sendable {
        case stop
        case reload
    }

    /// The wishes, in the order they came.
    let wishes: AsyncStream<Wish>
    // Not Sendable on Linux; nothing but keeping them alive is done here.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// Begins to listen; from now on these signals do not end the process any more.
    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Wish.self, bufferingPolicy: .bufferingOldest(16))
        wishes = stream
        sources = [(SIGTERM, Wish.stop), (SIGINT, .stop), (SIGHUP, .reload)].map { number, wish in
            Self.source(number) { continuation.yield(wish) }
        }
    }

    // Nonisolated, and the handler Sendable: it runs on a thread of Dispatch.
    private static func source(_ number: CInt, _ handler: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: handler)
        source.resume()
        return source
    }
}
