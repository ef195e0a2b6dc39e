internal import Glibc

/// Calls back on a queue while a descriptor has something to read, or has ended.
///
/// Not a Dispatch source: those corrupt their epoll bookkeeping when descriptors come and go quickly
/// (swift-corelibs-libdispatch issue 949), as the pipes of workers do.
public final class ReadSource: Sendable {
    /// What is listened for.
    enum Reports {
        case input
        case exceptions
    }

    private let number: UInt64

    /// Starts watching; the source has a duplicate of the descriptor, so the caller may close its own at any time.
    ///
    /// - Parameters:
    ///   - descriptor: An open descriptor that can be polled: a pipe, a socket, inotify, a process.
    ///   - queue: Where the handler runs.
    ///   - handler: Called again and again until everything is read; it must not block.
    public convenience init(_ descriptor: CInt, on queue: SerialQueue, handler: @escaping @Sendable () -> Void) {
        self.init(descriptor, on: queue, reports: .input, handler: handler)
    }

    init(_ descriptor: CInt, on queue: SerialQueue, reports: Reports, handler: @escaping @Sendable () -> Void) {
        let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        number = DescriptorPoll.shared.add(duplicate, on: queue, reports, handler)
    }

    deinit { cancel() }

    /// Stops the callbacks; one that runs already may still end.
    public func cancel() { DescriptorPoll.shared.remove(number) }
}
