import MomentsCore
import MomentsWorkers
import Testing

@Suite("when a worker has to be ended")
struct WorkerTimesTests {
    private let start = Moment.now

    @Test("one that says nothing is asked to stop, then killed, again and again")
    func stalled() {
        var times = WorkerTimes(stallTimeout: .seconds(10), at: start)
        times.sign(at: start + .seconds(5))
        #expect(times.due == start + .seconds(15))
        #expect(times.tick(at: start + .seconds(14)) == [])
        #expect(times.tick(at: start + .seconds(15)) == [.ask])
        #expect(times.stop == .stalled)
        #expect(times.due == start + .seconds(20))
        #expect(times.tick(at: start + .seconds(20)) == [.kill])
        #expect(times.tick(at: start + .seconds(25)) == [.kill])
    }

    @Test("the first reason counts, and the sooner end")
    func reasons() {
        var times = WorkerTimes(stallTimeout: .seconds(10), at: start)
        #expect(times.stop(.shutdown, grace: .seconds(10), at: start) == [.ask])
        #expect(times.stop(.unwanted, grace: .milliseconds(500), at: start) == [])
        #expect(times.stop == .shutdown)
        #expect(times.tick(at: start + .milliseconds(500)) == [.kill])
    }

    @Test("one that waits for a judge is not silent")
    func waiting() {
        var times = WorkerTimes(stallTimeout: .seconds(10), at: start)
        times.wait(true, at: start)
        #expect(times.due == nil)
        #expect(times.tick(at: start + .seconds(100)) == [])
        times.wait(false, at: start + .seconds(100))
        #expect(times.tick(at: start + .seconds(109)) == [])
        #expect(times.tick(at: start + .seconds(110)) == [.ask])
    }

    @Test("one that is halted is not silent, and goes on to hear that it has to stop")
    func halted() {
        var times = WorkerTimes(stallTimeout: .seconds(10), at: start)
        #expect(times.suspend(true, at: start) == [.halt])
        #expect(times.due == nil)
        #expect(times.tick(at: start + .seconds(100)) == [])
        #expect(times.suspend(false, at: start + .seconds(100)) == [.proceed])
        #expect(times.tick(at: start + .seconds(109)) == [])
        #expect(times.suspend(true, at: start + .seconds(109)) == [.halt])
        #expect(times.stop(.unwanted, grace: .zero, at: start + .seconds(110)) == [.ask, .proceed])
    }
}
