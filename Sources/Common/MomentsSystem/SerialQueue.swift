internal import CLinux
internal import Dispatch
internal import Glibc
internal import Synchronization

/// A thread of its own that does one piece of work after the other, and what is due later at its time.
///
/// Not a Dispatch queue: on Linux libdispatch wakes the process every second for as long as it lives, to count its
/// threads, and ends and makes them again whenever something happens. This one sleeps until there is something to do. The
/// thread starts with the first work, and ends when the queue is let go and everything is done.
public final class SerialQueue: Sendable {
    private let core: Core

    /// Makes a queue; nothing runs yet.
    ///
    /// - Parameters:
    ///   - label: Its first fifteen bytes name the thread.
    ///   - ioTimeout: How long a call to a file server may take on this queue; nil for ever. See `IOTimeout`.
    public init(label: String, ioTimeout: Duration? = nil) { core = Core(label: label, ioTimeout: ioTimeout) }

    deinit { core.end() }

    /// Adds work, which is done after everything that was added before.
    public func async(_ work: @escaping @Sendable () -> Void) { core.add(work) }

    /// Does work on the queue and waits for it, without holding the caller's thread.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in async { continuation.resume(returning: work()) } }
    }

    /// Waits until all that was added before is done; blocks, so never on the queue itself.
    public func waitUntilIdle() {
        let isIdle = DispatchSemaphore(value: 0)
        async { isIdle.signal() }
        isIdle.wait()
    }

    /// Whether the caller is on this queue.
    public var isCurrent: Bool { core.thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// How long a call to a file server may take on the calling thread; nil for ever.
    static var currentIOTimeout: Duration? {
        pthread_getspecific(Core.key).flatMap { Unmanaged<Core>.fromOpaque($0).takeUnretainedValue().ioTimeout }
    }

    /// Keeps the handler of an alarm, which is not set.
    func addAlarm(_ handler: @escaping @Sendable () -> Void) -> UInt64 { core.addAlarm(handler) }

    /// Sets an alarm for a moment on the monotonic clock; nil puts it off.
    func set(alarm number: UInt64, due: Double?) { core.set(alarm: number, due: due) }

    /// Forgets an alarm.
    func remove(alarm number: UInt64) { core.remove(alarm: number) }
}

/// What the thread and its owner share.
// Unchecked: `state` is touched only with `lock` held, and the rest never changes or is atomic.
private final class Core: @unchecked Sendable {
    private struct Timer {
        let handler: @Sendable () -> Void
        var due: Double?
    }

    private struct State {
        var works: [@Sendable () -> Void] = []
        var alarms: [UInt64: Timer] = [:]
        var lastAlarm: UInt64 = 0
        var isStarted = false
        var isEnded = false
    }

    /// Where each thread keeps which queue it belongs to.
    static let key: pthread_key_t = {
        var key = pthread_key_t()
        precondition(pthread_key_create(&key, nil) == 0, "the system gives no more keys")
        return key
    }()

    let thread = Atomic<UInt>(0)
    let ioTimeout: Duration?
    private let label: String
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let news = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state = State()

    init(label: String, ioTimeout: Duration?) {
        self.label = label
        self.ioTimeout = ioTimeout
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(news, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(news)
        pthread_mutex_destroy(lock)
        news.deallocate()
        lock.deallocate()
    }

    func add(_ work: @escaping @Sendable () -> Void) { change { $0.works.append(work) } }

    func addAlarm(_ handler: @escaping @Sendable () -> Void) -> UInt64 {
        change { state in
            state.lastAlarm += 1
            state.alarms[state.lastAlarm] = Timer(handler: handler)
            return state.lastAlarm
        }
    }

    func set(alarm number: UInt64, due: Double?) { change { $0.alarms[number]?.due = due } }

    func remove(alarm number: UInt64) {
        // Released outside the lock: what the handler owns may set alarms of its own.
        let removed = change { $0.alarms.removeValue(forKey: number) }
        _ = consume removed
    }

    func end() { change { $0.isEnded = true } }

    private func change<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let result = body(&state)
        if !state.isStarted, !state.isEnded {
            start()
        } else if thread.load(ordering: .relaxed) != UInt(pthread_self()) {
            pthread_cond_signal(news)
        }
        return result
    }

    private func start() {
        var made = pthread_t()
        let failed = pthread_create(
            &made,
            nil,
            { opaque in
                guard let opaque else { return nil }
                Unmanaged<Core>.fromOpaque(opaque).takeRetainedValue().run()
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        // Without this thread nothing would ever be done again; the service manager starts the program anew.
        precondition(failed == 0, "the system gives no more threads")
        pthread_detach(made)
        state.isStarted = true
    }

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
        moments_name_thread(label)
        while work() {}
    }

    /// Does what is to be done next, and lets go of it without the lock: a queue that only its own work held ends there.
    ///
    /// - Returns: Whether there may be more.
    private func work() -> Bool {
        pthread_mutex_lock(lock)
        let works = next()
        pthread_mutex_unlock(lock)
        guard let works else { return false }
        for work in works { work() }
        return true
    }

    /// Waits until there is something to do; nil once there never will be.
    private func next() -> [@Sendable () -> Void]? {
        while true {
            let now = MonotonicClock.now
            var works: [@Sendable () -> Void] = []
            for (number, alarm) in state.alarms where alarm.due.map({ $0 <= now }) ?? false {
                state.alarms[number]?.due = nil
                works.append(alarm.handler)
            }
            works += state.works
            state.works = []
            if !works.isEmpty { return works }
            if state.isEnded { return nil }
            guard let due = state.alarms.values.compactMap(\.due).min() else {
                pthread_cond_wait(news, lock)
                continue
            }
            var moment = timespec(tv_sec: Int(due), tv_nsec: Int((due - due.rounded(.down)) * 1e9))
            pthread_cond_timedwait(news, lock, &moment)
        }
    }
}
