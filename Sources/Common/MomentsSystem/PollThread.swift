internal import Dispatch
internal import Glibc
internal import Synchronization

/// One thread that waits in poll(2) for every descriptor somebody listens to, and calls back on their queues.
///
/// Dispatch's own read sources crash on Linux now and then when a pipe is hung up while its source is being cancelled
/// (in `_dispatch_event_loop_drain`, seen with Swift 6.3.1), and a crash here would be one of the whole service.
final class PollThread: Sendable {
    static let shared = PollThread()

    private struct Entry {
        let descriptor: CInt
        let queue: DispatchQueue
        let handler: @Sendable () -> Void
        /// False from the moment something is ready until the handler has returned.
        var isArmed = true
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var ended: [CInt] = []
        var last: UInt64 = 0
        var isRunning = false
    }

    private let state = Mutex(State())
    private let thread = DispatchQueue(label: "momentsd.poll", qos: .utility)
    // Both ends of a pipe that wakes the thread; -1 when there are no descriptors left, and then nothing works anyway.
    private let ears: (reader: CInt, writer: CInt)

    private init() {
        guard let pipe = try? Pipe(), let reader = try? pipe.reader.duplicate(),
            let writer = try? pipe.writer.duplicate()
        else {
            ears = (-1, -1)
            return
        }
        ears = (reader.relinquish(), writer.relinquish())
        _ = fcntl(ears.reader, F_SETFL, O_NONBLOCK)
        _ = fcntl(ears.writer, F_SETFL, O_NONBLOCK)
    }

    /// Begins to listen to a descriptor, which it takes over.
    func add(_ descriptor: CInt, _ queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void) -> UInt64 {
        let (key, isFirst) = state.withLock { state in
            state.last += 1
            state.entries[state.last] = Entry(descriptor: descriptor, queue: queue, handler: handler)
            defer { state.isRunning = true }
            return (state.last, !state.isRunning)
        }
        if isFirst { thread.async { while true { self.turn() } } } else { wake() }
        return key
    }

    /// Stops listening and closes the descriptor; a handler that runs already may still end.
    func remove(_ key: UInt64) {
        let isKnown = state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: key) else { return false }
            // Closed by the thread itself, which may be waiting for it at this moment.
            state.ended.append(entry.descriptor)
            return true
        }
        if isKnown { wake() }
    }

    private func turn() {
        let waiting = state.withLock { state in
            for descriptor in state.ended { _ = close(descriptor) }
            state.ended = []
            return state.entries.filter(\.value.isArmed).map { (key: $0.key, descriptor: $0.value.descriptor) }
        }
        var polls = [pollfd(fd: ears.reader, events: Int16(POLLIN), revents: 0)]
        polls += waiting.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        guard poll(&polls, nfds_t(polls.count), -1) > 0 else { return }
        if polls[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 64)
            while read(ears.reader, &bytes, bytes.count) > 0 {}
        }
        for (entry, poll) in zip(waiting, polls.dropFirst()) where poll.revents != 0 { fire(entry.key) }
    }

    private func fire(_ key: UInt64) {
        let entry = state.withLock { state in
            state.entries[key]?.isArmed = false
            return state.entries[key]
        }
        entry?.queue.async {
            guard self.state.withLock({ $0.entries[key] != nil }) else { return }
            entry?.handler()
            self.state.withLock { $0.entries[key]?.isArmed = true }
            self.wake()
        }
    }

    private func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes as well as one more byte would.
        _ = write(ears.writer, &byte, 1)
    }
}
