internal import CMicrohttpd
internal import Glibc
internal import MomentsCore

/// One open stream of events: fills the server's buffer, and sleeps while there is nothing to tell.
///
/// Only the server's own thread calls `read`.
final class EventStream {
    private let board: StatusBoard
    private let queue: EventQueue
    private let connection: Connection
    private var rest: ArraySlice<UInt8> = []

    private struct Connection: Sendable {
        // Unsafe: libmicrohttpd lets any thread resume a suspended connection, and the queue resumes only a suspended
        // one, which the library does not free before it is resumed.
        nonisolated(unsafe) let raw: OpaquePointer
    }

    init(board: StatusBoard, queue: EventQueue, connection: OpaquePointer) {
        self.board = board
        self.queue = queue
        self.connection = Connection(raw: connection)
    }

    deinit { board.leave(queue) }

    /// Fills a buffer.
    ///
    /// - Returns: How many bytes were put there, 0 when the connection was suspended, -1 at the end.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        if rest.isEmpty {
            switch queue.next(sleep: sleep, wake: { [connection] in MHD_resume_connection(connection.raw) }) {
            case .bytes(let bytes): rest = bytes[...]
            case .snapshot(let lost): rest = snapshot(lost: lost)[...]
            case .asleep: return 0
            case .ended: return -1
            }
        }
        let piece = rest.prefix(buffer.count)
        _ = buffer.update(fromContentsOf: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
    }

    private func sleep() { MHD_suspend_connection(connection.raw) }

    private func snapshot(lost: Int) -> [UInt8] {
        let (snapshot, number) = board.look { state in
            let open = Set(JobStatus.allCases.filter { !$0.isFinal })
            let names = queue.job.map { [$0] } ?? state.index.page(open, offset: 0, limit: JobsQuery.mostJobs).jobs
            var room = JobsAnswer.largest
            let shown = names.compactMap { state.jobs[$0]?.manifest }.prefix { manifest in
                room -= manifest.weight
                return room >= 0
            }
            let snapshot = StatusSnapshot(
                version: board.version,
                health: state.health.status,
                counts: JobCounts(counts: state.index.counts),
                jobs: shown.reversed(),
                lost: lost
            )
            return (snapshot, state.lastEvent)
        }
        queue.start(at: number)
        return StreamEvent.encode("connected", snapshot, number: number)
    }
}
