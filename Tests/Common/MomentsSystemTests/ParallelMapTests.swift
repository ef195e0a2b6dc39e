import Dispatch
import MomentsSystem
import Testing

@Suite("crews of threads")
struct ParallelMapTests {
    private struct Trouble: Error, Equatable {
        let item: Int
    }

    @Test("results come in the order of the items, whoever made them", arguments: [1, 2, 5])
    func order(threads: Int) throws {
        let squares = try parallelMap(100, threads: threads) { (_, item) throws(Trouble) in item * item }
        #expect(squares == (0..<100).map { $0 * $0 })
    }

    @Test("no two threads have one number at a time, and none is beyond the crew")
    func numbers() throws {
        let threads = try parallelMap(50, threads: 3) { (thread, _) throws(Trouble) in thread }
        #expect(threads.allSatisfy { (0..<3).contains($0) })
        #expect(try parallelMap(0, threads: 3) { (thread, _) throws(Trouble) in thread }.isEmpty)
    }

    @Test("the caller does something else meanwhile, however long one item takes")
    func meanwhile() throws {
        var told = 0
        let gate = DispatchSemaphore(value: 0)
        let results = try parallelMap(
            2,
            threads: 1,
            meanwhile: {
                told += 1
                if told == 3 { gate.signal() }
            },
            { (_, item) throws(Trouble) in
                if item == 0 { gate.wait() }
                return item
            }
        )
        #expect(results == [0, 1])
        #expect(told >= 3)
    }

    @Test("the first error ends the work")
    func trouble() {
        #expect(throws: Trouble(item: 3)) {
            _ = try parallelMap(10, threads: 1) { (_, item) throws(Trouble) in
                if item >= 3 { throw Trouble(item: item) }
                return item
            }
        }
    }
}
