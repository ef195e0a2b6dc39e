import Dispatch
import Glibc
import MomentsSystem
import Synchronization
import Testing

@Suite("serial queues", .timeLimit(.minutes(5)))
struct SerialQueueTests {
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    @Test("work is done in its order, on the queue's own thread, even when the queue is let go")
    func order() {
        let (log, done) = (Log(), DispatchSemaphore(value: 0))
        var queue: SerialQueue? = SerialQueue(label: "test")
        let own = queue
        for number in 0..<100 {
            queue?.async { log.add("\(number)\(own?.isCurrent == true ? "" : " elsewhere")") }
        }
        queue?.async { done.signal() }
        queue = nil
        done.wait()
        #expect(log.all == (0..<100).map(String.init))
        #expect(own?.isCurrent == false)
    }

    /// Lets go of its queue first, then tells.
    private final class Owner: Sendable {
        final class Last: Sendable {
            let told: DispatchSemaphore
            init(_ told: DispatchSemaphore) { self.told = told }
            deinit { told.signal() }
        }
        let queue: SerialQueue
        let last: Last
        init(_ queue: SerialQueue, _ told: DispatchSemaphore) { (self.queue, last) = (queue, Last(told)) }
    }

    @Test("a queue that nobody but its own work holds ends with that work")
    func heldByItself() {
        let (start, gone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        var owner: Owner? = Owner(SerialQueue(label: "test"), gone)
        owner?.queue.async { [owner] in
            start.wait()
            _ = owner
        }
        owner = nil
        start.signal()
        #expect(gone.wait(timeout: .now() + 60) == .success)
    }

    @Test("an alarm goes off once at its time, the latest that was set, and not at all once it is put off or gone")
    func alarms() async throws {
        let (log, queue) = (Log(), SerialQueue(label: "test"))
        let alarm = Alarm(on: queue) { log.add("alarm") }
        let other = Alarm(on: queue) { log.add("other") }
        var third: Alarm? = Alarm(on: queue) { log.add("third") }
        alarm.set(after: .seconds(60))
        alarm.set(after: .seconds(0.1))
        other.set(after: .seconds(0.05))
        other.set(after: nil)
        third?.set(after: .seconds(0.05))
        third = nil
        try await Task.sleep(for: .milliseconds(500))
        #expect(log.all == ["alarm"])
        withExtendedLifetime((alarm, other, third)) {}
    }

    @Test("a call that does not return is given up, and so are those behind it until it does")
    func thread() async throws {
        let (thread, gate) = (TimeoutThread(), DispatchSemaphore(value: 0))
        #expect(thread.call(limit: .seconds(5)) { 1 } == 1)
        let begin = MonotonicClock.now
        let stuck: Int? = thread.call(limit: .seconds(0.2)) {
            gate.wait()
            return 2
        }
        #expect(stuck == nil)
        #expect(thread.isStuck)
        #expect(thread.call(limit: .seconds(30)) { 3 } == nil)
        #expect(MonotonicClock.now - begin < 10)
        gate.signal()
        while thread.isStuck { try await Task.sleep(for: .milliseconds(5)) }
        #expect(thread.call(limit: .seconds(5)) { 4 } == 4)
    }

    @Test("a long call that shows signs of life is waited for")
    func signs() {
        let thread = TimeoutThread()
        let value = thread.call(limit: .seconds(0.5)) {
            for _ in 0..<12 {
                usleep(100_000)
                thread.sign()
            }
            return 1
        }
        #expect(value == 1)
    }
}
