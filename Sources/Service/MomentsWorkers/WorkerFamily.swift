internal import MomentsSystem
internal import Synchronization

/// The processes of all workers: what one of them leaves behind is told from the others by it.
public enum WorkerFamily {
    private struct State {
        var isAdopting = false
        var workers: Set<Int32> = []
    }

    private static let state = Mutex(State())

    /// Has everything that workers start end with them, wherever it hid.
    ///
    /// Only for a program whose children all are workers; call it once, before the first is started.
    public static func adopt() {
        state.withLock { $0.isAdopting = true }
        LeftOvers.adopt()
    }

    /// Starts a worker's process; none is taken for a stray while it is being started.
    static func start<Failure: Error>(
        _ make: () throws(Failure) -> Int32
    ) throws(Failure) {
        try state.withLock { (state) throws(Failure) in _ = state.workers.insert(try make()) }
    }

    /// A worker has ended: what it left behind ends too.
    static func ended(_ worker: Int32) {
        state.withLock { state in
            // Its own end is still to be taken.
            if state.isAdopting { LeftOvers.end(sparing: state.workers) }
            state.workers.remove(worker)
        }
    }
}
