internal import Synchronization

/// What one listener has still to be sent; bounded, so that a listener who does not read costs nothing.
///
/// One who falls behind loses the events, is told so, and gets a new snapshot instead.
final class EventQueue: Sendable {
    /// What the reader of a stream is to do next.
    enum Next {
        /// Send these bytes.
        case bytes([UInt8])
        /// Make a snapshot and hand it to `start`; so many events were lost before it.
        case snapshot(lost: Int)
        /// Nothing to send: the stream was put to sleep.
        case asleep
        /// The stream is over.
        case ended
    }

    private struct State {
        var pending: [StreamEvent] = []
        var signsOfLife = 0
        var needsSnapshot = true
        var lost = 0
        var sent: UInt64 = 0
        var wake: (@Sendable () -> Void)?
        var isClosed = false
    }

    /// How many events may wait.
    static let longest = 256
    /// The only job whose events are wanted; nil for all.
    let job: String?
    private let state = Mutex(State())

    init(job: String?) { self.job = job }

    /// Adds an event, or notes that it was lost.
    func push(_ event: StreamEvent) {
        if let job, job != event.job { return }
        state.withLock { state in
            if state.pending.count < Self.longest {
                state.pending.append(event)
            } else {
                state.lost += state.pending.count + 1
                state.pending = []
                state.needsSnapshot = true
            }
            Self.wake(&state)
        }
    }

    /// Asks for a comment line, which finds out whether the listener is still there.
    func keepAlive() {
        state.withLock { state in
            state.signsOfLife = 1
            Self.wake(&state)
        }
    }

    /// Ends the stream.
    func close() {
        state.withLock { state in
            state.isClosed = true
            Self.wake(&state)
        }
    }

    /// Takes what is to be sent next; when there is nothing, puts the stream to sleep in the same step.
    ///
    /// - Parameters:
    ///   - sleep: Puts the stream to sleep; called with the queue locked, so that no event can slip in between.
    ///   - wake: Wakes it, from any thread; called once, with the queue locked.
    /// - Returns: What to do.
    func next(sleep: () -> Void, wake: @escaping @Sendable () -> Void) -> Next {
        state.withLock { state in
            if state.isClosed { return .ended }
            if state.needsSnapshot {
                state.needsSnapshot = false
                defer { state.lost = 0 }
                return .snapshot(lost: state.lost)
            }
            // Events that the snapshot already holds are not sent again.
            let sent = state.sent
            let fresh = state.pending.filter { $0.number > sent }
            state.pending = []
            if !fresh.isEmpty {
                state.signsOfLife = 0
                return .bytes(fresh.flatMap(\.bytes))
            }
            if state.signsOfLife > 0 {
                state.signsOfLife = 0
                return .bytes(Array(": still here\n\n".utf8))
            }
            state.wake = wake
            sleep()
            return .asleep
        }
    }

    /// Notes that a snapshot holds everything up to event `number`.
    func start(at number: UInt64) { state.withLock { $0.sent = number } }

    private static func wake(_ state: inout State) {
        state.wake?()
        state.wake = nil
    }
}
