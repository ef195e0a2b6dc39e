public import Dispatch
internal import Glibc

/// Calls back on a queue while a descriptor has something to read, or has ended.
public final class ReadSource: Sendable {
    private let key: UInt64

    /// Starts watching; the source has a duplicate of the descriptor, so the caller may close its own at any time.
    ///
    /// - Parameters:
    ///   - descriptor: An open descriptor that can be polled: a pipe, a socket, inotify, a process.
    ///   - queue: Where the handler runs.
    ///   - handler: Called again and again until everything is read; it must not block.
    public init(_ descriptor: CInt, on queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
        key = PollThread.shared.add(fcntl(descriptor, F_DUPFD_CLOEXEC, 3), queue, handler)
    }

    deinit { PollThread.shared.remove(key) }

    /// Stops the callbacks; one that runs already may still end.
    public func cancel() { PollThread.shared.remove(key) }
}
