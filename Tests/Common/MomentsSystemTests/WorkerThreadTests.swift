import MomentsSystem
import Synchronization
import Testing

@Suite("worker threads")
struct WorkerThreadTests {
    private final class Count: Sendable {
        let value = Mutex(0)
    }

    @Test("all work is done when the threads have been joined")
    func join() {
        let count = Count()
        let threads = (0..<4).map { _ in
            WorkerThread { for _ in 0..<1000 { count.value.withLock { $0 += 1 } } }
        }
        for thread in threads { thread.join() }
        #expect(count.value.withLock { $0 } == 4000)
    }

    @Test("joining twice does no harm")
    func twice() {
        let thread = WorkerThread {}
        thread.join()
        thread.join()
    }
}
