internal import Dispatch
internal import Synchronization

/// Does all items, and waits for them.
///
/// - Parameters:
///   - count: How many items.
///   - threads: How many at a time, at least 1; the calling thread is one of them.
///   - body: Does an item; told the number of its thread, from 0 (the calling one), and of the item.
/// - Returns: What came of each item, in their order.
/// - Throws: The first error, once all threads have stopped.
public func parallelMap<Result: Sendable, Failure: Error>(
    _ count: Int,
    threads: Int,
    _ body: @escaping @Sendable (_ thread: Int, _ item: Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
    let batch = Batch<Result, Failure>(count)
    let others = (1..<max(1, min(threads, count))).map { thread in WorkerThread { batch.run(thread, body) } }
    batch.run(0, body)
    for other in others { other.join() }
    return try batch.results()
}

/// Does all items on other threads, while the calling one does something else five times a second.
///
/// - Parameters: As for the other form, and `meanwhile`: what is done on the calling thread.
/// - Returns: What came of each item, in their order.
/// - Throws: The first error, once all threads have stopped.
public func parallelMap<Result: Sendable, Failure: Error>(
    _ count: Int,
    threads: Int,
    meanwhile: () -> Void,
    _ body: @escaping @Sendable (_ thread: Int, _ item: Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
    let batch = Batch<Result, Failure>(count)
    let ended = DispatchSemaphore(value: 0)
    let others = (0..<max(1, min(threads, count))).map { thread in
        WorkerThread {
            batch.run(thread, body)
            ended.signal()
        }
    }
    for _ in others { while ended.wait(timeout: .now() + .milliseconds(200)) == .timedOut { meanwhile() } }
    for other in others { other.join() }
    return try batch.results()
}

/// What the threads share.
private final class Batch<Result: Sendable, Failure: Error>: Sendable {
    private struct State {
        var next = 0
        var results: [Result?]
        var error: Failure?
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(results: Array(repeating: nil, count: count))) }

    func run(_ thread: Int, _ body: @Sendable (Int, Int) throws(Failure) -> Result) {
        while let item = next() {
            do throws(Failure) { finish(item, try body(thread, item)) } catch { fail(error) }
        }
    }

    private func next() -> Int? {
        state.withLock { state in
            guard state.error == nil, state.next < state.results.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    private func finish(_ item: Int, _ result: Result) { state.withLock { $0.results[item] = result } }

    private func fail(_ error: Failure) { state.withLock { $0.error = $0.error ?? error } }

    func results() throws(Failure) -> [Result] {
        let (results, error) = state.withLock { ($0.results, $0.error) }
        if let error { throw error }
        return results.compactMap { $0 }
    }
}
