import MomentsSystem
import Synchronization
import Testing

@Suite("making values ahead", .timeLimit(.minutes(5)))
struct PrefetcherTests {
    private struct Failure: Error, Equatable {}

    private final class Count: Sendable { let value = Atomic(0) }

    @Test("all values come in their order, then none", arguments: [1, 3, 1000])
    func order(_ count: Int) {
        let ahead = Prefetcher<Int, Never>(count) { give in
            for number in 0..<500 where !give(number) { return }
        }
        var taken: [Int] = []
        while let value = ahead.next() { taken.append(value) }
        #expect(taken == Array(0..<500))
        #expect(ahead.next() == nil)
    }

    @Test("an error comes behind what was made before it, as often as it is asked for")
    func error() throws {
        let ahead = Prefetcher<Int, Failure>(4) { (give) throws(Failure) in
            _ = give(1)
            throw Failure()
        }
        #expect(try ahead.next() == 1)
        #expect(throws: Failure()) { try ahead.next() }
        #expect(throws: Failure()) { try ahead.next() }
    }

    @Test("no more is made than has room, and nothing once nobody wants any more")
    func limit() {
        let made = Count()
        do {
            let ahead = Prefetcher<Int, Never>(2) { give in
                repeat { made.value.add(1, ordering: .relaxed) } while give(0)
            }
            for _ in 0..<10 { #expect(ahead.next() == 0) }
        }
        // Ten taken, two that had room, one that waited for room.
        #expect((10...13).contains(made.value.load(ordering: .relaxed)))
    }
}
