internal import CLinux
internal import Glibc
internal import Synchronization

/// The one thread that waits for descriptors to become readable, and sends each report to its queue.
///
/// A report of input is asked for anew once its handler has run (EPOLLONESHOT); one of a change is not, since asking would
/// lose what changed meanwhile. A queue runs its handlers one after the other.
final class DescriptorPoll: Sendable {
    static let shared = DescriptorPoll()

    private struct Entry {
        let descriptor: CInt
        let queue: SerialQueue
        let reports: ReadSource.Reports
        let handler: @Sendable () -> Void

        var events: UInt32 { reports == .input ? moments_input : moments_exceptions }
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var last: UInt64 = 0
    }

    private let thread = SerialQueue(label: "momentsd.poll")
    private let epoll: CInt
    private let state = Mutex(State())

    private init() {
        epoll = moments_epoll_create()
        precondition(epoll >= 0, "the kernel gives no epoll descriptor")
        // A thread of its own: it waits for the process's whole life.
        thread.async { [self] in run() }
    }

    /// Watches a descriptor, which is taken over; a negative one is never reported.
    func add(
        _ descriptor: CInt,
        on queue: SerialQueue,
        _ reports: ReadSource.Reports,
        _ handler: @escaping @Sendable () -> Void
    ) -> UInt64 {
        state.withLock { state in
            state.last += 1
            guard descriptor >= 0 else { return state.last }
            let entry = Entry(descriptor: descriptor, queue: queue, reports: reports, handler: handler)
            state.entries[state.last] = entry
            switch reports {
            case .input: _ = moments_epoll_once(epoll, EPOLL_CTL_ADD, descriptor, entry.events, state.last)
            case .exceptions: _ = moments_epoll_changes(epoll, descriptor, entry.events, state.last)
            }
            return state.last
        }
    }

    /// Forgets a descriptor and closes it.
    func remove(_ number: UInt64) {
        let removed = state.withLock { state -> Entry? in
            guard let entry = state.entries.removeValue(forKey: number) else { return nil }
            _ = moments_epoll_once(epoll, EPOLL_CTL_DEL, entry.descriptor, entry.events, number)
            _ = close(entry.descriptor)
            return entry
        }
        // Released outside the lock: what the handler owns may remove sources of its own.
        _ = consume removed
    }

    private func run() -> Never {
        var numbers = [UInt64](repeating: 0, count: 16)
        while true {
            let count = moments_epoll_wait(epoll, &numbers, CInt(numbers.count))
            for number in numbers.prefix(max(0, Int(count))) { report(number) }
        }
    }

    private func report(_ number: UInt64) {
        // A number that is no longer known was removed while its report was on the way.
        guard let queue = state.withLock({ $0.entries[number]?.queue }) else { return }
        queue.async { [self] in
            guard let handler = state.withLock({ $0.entries[number]?.handler }) else { return }
            handler()
            state.withLock { state in
                guard let entry = state.entries[number], entry.reports == .input else { return }
                _ = moments_epoll_once(epoll, EPOLL_CTL_MOD, entry.descriptor, entry.events, number)
            }
        }
    }
}
