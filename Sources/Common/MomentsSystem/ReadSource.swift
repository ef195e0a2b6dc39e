public import Dispatch
internal import Glibc

/// Calls back on a queue while a descriptor has something to read, or has ended.
public final class ReadSource: Sendable {
    // Not Sendable on Linux, though every call used here (resume, cancel) is safe from any thread.
    private nonisolated(unsafe) let source: any DispatchSourceRead

    /// Starts watching; the source has a duplicate of the descriptor, so the caller may close its own at any time.
    ///
    /// - Parameters:
    ///   - descriptor: An open descriptor that can be polled: a pipe, a socket, inotify, a process.
    ///   - queue: Where the handler runs.
    ///   - handler: Called again and again until everything is read; it must not block.
    public init(_ descriptor: CInt, on queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
        let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        source = DispatchSource.makeReadSource(fileDescriptor: duplicate, queue: queue)
        source.setEventHandler(handler: handler)
        source.setCancelHandler { _ = Glibc.close(duplicate) }
        source.resume()
    }

    deinit { source.cancel() }

    /// Stops the callbacks; one that runs already may still end.
    public func cancel() { source.cancel() }
}
