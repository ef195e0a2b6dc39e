internal import CMicrohttpd
internal import Glibc
public import MomentsCore
public import MomentsSystem
internal import Synchronization

/// Serves the board over HTTP/1.1 on a Unix socket: one thread, epoll, a bounded number of connections.
public final class StatusServer: Sendable {
    private let responder: StatusResponder
    private let path: FilePath?
    private let inode: UInt64?
    private let isStopped = Atomic(false)
    // Unsafe: the library's handle, which never changes; used for stopping only, and only once, as `isStopped` sees to.
    nonisolated(unsafe) private let daemon: OpaquePointer

    /// Starts to serve.
    ///
    /// - Parameters:
    ///   - board: What is shown.
    ///   - socket: Where to listen; one left by a killed process is replaced, one in use is not.
    ///   - mode: The socket's permissions.
    ///   - group: The socket's group by name or number; nil leaves the process's own.
    ///   - listening: A listening socket handed over by the service manager, which the server closes at the end;
    ///     `socket`, `mode` and `group` then do not matter.
    ///   - keepAlive: The time between two signs of life on a quiet event stream.
    /// - Throws: `SystemError` naming the socket.
    public init(
        board: StatusBoard,
        socket: FilePath,
        mode: UInt32,
        group: String?,
        listening: CInt? = nil,
        keepAlive: Duration = .seconds(15)
    ) throws(SystemError) {
        let (number, inode) = try Self.listen(socket, mode: mode, group: group, handedOver: listening)
        let responder = StatusResponder(board: board)
        let context = Unmanaged.passUnretained(responder).toOpaque()
        guard
            let daemon = moments_http_start(
                number,
                StatusLimits.mostConnections,
                StatusLimits.patience,
                StatusLimits.memory,
                StatusResponder.handle,
                context,
                Places.notify,
                Unmanaged.passUnretained(responder.places).toOpaque()
            )
        else {
            let reason = errno == 0 ? ENOMEM : errno
            close(number)
            throw SystemError("serve", socket, code: reason)
        }
        self.responder = responder
        self.path = listening == nil ? socket : nil
        self.inode = inode
        self.daemon = daemon
        board.keepAlive(every: keepAlive)
    }

    deinit { stop() }

    /// Ends every connection and removes the socket; again does nothing.
    public func stop() {
        guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // The library cannot be stopped while a connection sleeps.
        responder.board.close()
        // Listeners who read get the proper end of their stream; nobody is waited for longer than a quarter second.
        for _ in 0..<50 where responder.board.listeners > 0 { usleep(5000) }
        MHD_stop_daemon(daemon)
        // Another process may have put its own socket there meanwhile.
        if let path, let inode, (try? FileStatus.of(path))?.inode == inode { try? Folder.removeFile(path) }
    }

    private static func listen(
        _ socket: FilePath,
        mode: UInt32,
        group: String?,
        handedOver: CInt?
    ) throws(SystemError) -> (number: CInt, inode: UInt64?) {
        if let handedOver {
            let flags = fcntl(handedOver, F_GETFL)
            guard flags >= 0, fcntl(handedOver, F_SETFL, flags | O_NONBLOCK) == 0 else {
                throw SystemError("take over", socket, code: errno)
            }
            return (handedOver, nil)
        }
        let number = group.map { UnixSocket.number(ofGroup: $0) }
        if let group, number == .some(nil) {
            throw SystemError("give to the unknown group \(Escaping.excerpt(group))", socket, code: EINVAL)
        }
        let descriptor = try UnixSocket.listen(socket, mode: mode, group: number ?? nil)
        let inode = try FileStatus.of(socket).inode
        return (descriptor.relinquish(), inode)
    }
}
