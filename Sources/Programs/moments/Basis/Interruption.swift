internal import Dispatch
internal import Glibc
internal import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// Notices Ctrl-C, SIGTERM and a closed terminal, so that the worker can be stopped and its files removed.
final class Interruption: Sendable {
    /// Becomes readable at the first one.
    let descriptor: CInt
    private let count = Atomic(0)
    private let pipe: Pipe
    // Unsafe: sources are not Sendable on Linux; these are set once, in `init`, and only kept alive.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

    /// Starts to notice.
    init() throws(Failure) {
        do { pipe = try Pipe() } catch { throw Failure("\(error)") }
        descriptor = pipe.reader.number
        sources = [SIGINT, SIGTERM, SIGHUP].map { Self.source($0, self) }
    }

    /// Whether there was one.
    var happened: Bool { count.load(ordering: .acquiring) > 0 }

    /// Whether there was a second one: the person does not want to wait.
    var isUrgent: Bool { count.load(ordering: .acquiring) > 1 }

    // Nonisolated, and the handler Sendable: Dispatch calls it on a thread of its own.
    private static func source(_ number: CInt, _ interruption: Interruption) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { @Sendable [weak interruption] in
            interruption?.count.add(1, ordering: .acquiringAndReleasing)
            try? interruption?.pipe.writer.write([0], to: "the program's own pipe")
        }
        source.resume()
        return source
    }
}
