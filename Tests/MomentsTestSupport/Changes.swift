public import MomentsCore
public import MomentsSystem
internal import Synchronization

/// What happens in one test: who waits for something is woken by each thing that happens, and looks again.
///
/// It counts. Who remembers the count, looks, and then waits for more than that misses nothing that comes in between.
public final class Changes: Sendable {
    private struct State {
        var count: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastWaiting: UInt64 = 0
        var followed: Set<FilePath> = []
        var failure: SystemError?
    }

    private let state = Mutex(State())

    init() {}

    /// How much has happened so far.
    public var count: UInt64 { state.withLock { $0.count } }

    /// Why changes of folders are not heard of any more, if they are not.
    var failure: SystemError? { state.withLock { $0.failure } }

    /// Tells that something happened, whatever it was: to be called after it did.
    public func announce() {
        let woken = state.withLock { state in
            state.count += 1
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in woken { continuation.resume() }
    }

    /// Tells that changes of folders cannot be heard of any more.
    func fail(_ error: SystemError) {
        state.withLock { $0.failure = error }
        announce()
    }

    /// Returns once more has happened than was seen, or the task is cancelled.
    public func next(after seen: UInt64) async {
        let number = state.withLock { state in
            state.lastWaiting += 1
            return state.lastWaiting
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state in
                    // Who cancels says so first and looks for the one that waits then: it is seen here or found there.
                    guard state.count == seen, !Task.isCancelled else { return false }
                    state.waiting[number] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }

    /// From now on counts every change below a folder, also in folders that are made there later; through no link.
    ///
    /// - Throws: `SystemError` where it cannot be watched.
    public func follow(_ folder: FilePath) async throws(SystemError) {
        if state.withLock({ $0.followed.contains(folder) }) { return }
        try await FolderReports.shared.follow(folder, for: self)
        state.withLock { _ = $0.followed.insert(folder) }
    }
}
