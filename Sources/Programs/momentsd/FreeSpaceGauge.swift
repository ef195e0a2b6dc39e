internal import Dispatch
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStatus
internal import MomentsSystem
internal import Synchronization

/// Measures what can still be written when somebody asks; a share that does not answer delays nobody for long.
final class FreeSpaceGauge: Sendable {
    private let folders: Settings.Folders
    private let queue = SerialQueue(label: "momentsd.space")
    private let state = Mutex(State())

    private struct State {
        var last = HealthReport.FreeSpace()
        var isMeasuring = false
    }

    init(_ folders: Settings.Folders) { self.folders = folders }

    /// What is free now; what was free at the last answer where the disks take longer than a quarter second.
    func measure() -> HealthReport.FreeSpace {
        let isFree = state.withLock { state in
            defer { state.isMeasuring = true }
            return !state.isMeasuring
        }
        // Those who ask while one measurement hangs must not pile up behind it.
        guard isFree else { return state.withLock { $0.last } }
        let done = DispatchSemaphore(value: 0)
        queue.async { [self] in
            let space = HealthReport.FreeSpace(
                inbox: try? Folder.freeBytes(at: folders.inbox),
                outbox: try? Folder.freeBytes(at: folders.outbox),
                state: try? Folder.freeBytes(at: folders.state)
            )
            state.withLock { $0 = State(last: space) }
            done.signal()
        }
        _ = done.wait(timeout: .now() + 0.25)
        return state.withLock { $0.last }
    }
}
