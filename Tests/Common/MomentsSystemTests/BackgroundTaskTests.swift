import Dispatch
import MomentsSystem
import Synchronization
import Testing

@Suite("working meanwhile")
struct BackgroundTaskTests {
    private struct Failure: Error, Equatable {}

    @Test("the caller goes on, and gets what came of it as often as it asks")
    func value() {
        let gate = DispatchSemaphore(value: 0)
        let work = BackgroundTask<Int, Never> {
            gate.wait()
            return 7
        }
        gate.signal()
        #expect(work.value() == 7)
        #expect(work.value() == 7)
    }

    @Test("an error comes to whoever asks")
    func error() {
        let work = BackgroundTask<Int, Failure> { () throws(Failure) in throw Failure() }
        #expect(throws: Failure()) { try work.value() }
    }

    @Test("work that nobody asks for is done before it is let go")
    func unasked() {
        final class Done: Sendable { let value = Mutex(false) }
        let done = Done()
        do {
            let work = BackgroundTask<Void, Never> {
                sleep(milliseconds: 20)
                done.value.withLock { $0 = true }
            }
            _ = work
        }
        #expect(done.value.withLock { $0 })
    }

    private nonisolated func sleep(milliseconds: Int) {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
    }
}
