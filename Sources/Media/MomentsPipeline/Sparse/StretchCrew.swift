internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import Synchronization

/// Two threads that decode stretches of a video, each with a reader of its own that stays open between batches.
final class StretchCrew: Sendable {
    /// What one thread works with.
    final class Tools {
        let reader: StretchReader
        let scaler: PictureScaler

        init(_ source: MediaSource, _ size: AnalysisSize, _ interrupt: Interrupt) throws(MediaError) {
            reader = try StretchReader(source, interrupt: interrupt)
            scaler = PictureScaler(width: size.width, height: size.height)
        }
    }

    /// Decoders work singly: a picture's own threads would wait for each other at the ends of short stretches.
    static let size = 2

    /// Each thread's tools; the thread of a number is the only one that touches that number's, and batches do not
    /// overlap.
    private final class Desk: @unchecked Sendable {
        var tools: Tools?
    }

    private let source: MediaSource
    private let pictureSize: AnalysisSize
    private let interrupt: Interrupt
    private let desks = (0..<StretchCrew.size).map { _ in Desk() }

    init(_ source: MediaSource, size: AnalysisSize, interrupt: Interrupt) {
        self.source = source
        self.pictureSize = size
        self.interrupt = interrupt
    }

    /// Pictures decoded so far.
    var picturesDecoded: Int { desks.reduce(0) { $0 + ($1.tools?.reader.picturesDecoded ?? 0) } }

    /// Packets the decoders refused so far.
    var refusedPackets: Int { desks.reduce(0) { $0 + ($1.tools?.reader.refusedPackets ?? 0) } }

    /// Does a batch of work, two items at a time, and waits for all of it.
    ///
    /// - Parameters:
    ///   - count: How many items.
    ///   - body: Does the item of a number.
    /// - Returns: What came of each item, in their order.
    /// - Throws: The first error, once both threads have stopped.
    func work<Result: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Tools, Int) throws(MediaError) -> Result
    ) throws(MediaError) -> [Result] {
        let state = Batch<Result>(count)
        let others = desks.dropFirst().map { desk in WorkerThread { self.run(desk, state, body) } }
        run(desks[0], state, body)
        for other in others { other.join() }
        return try state.results()
    }

    private func tools(of desk: Desk) throws(MediaError) -> Tools {
        if let tools = desk.tools { return tools }
        let tools = try Tools(source, pictureSize, interrupt)
        desk.tools = tools
        return tools
    }

    private func run<Result: Sendable>(
        _ desk: Desk,
        _ batch: Batch<Result>,
        _ body: @Sendable (Tools, Int) throws(MediaError) -> Result
    ) {
        while let number = batch.next() {
            do throws(MediaError) {
                let tools = try tools(of: desk)
                batch.finish(number, try body(tools, number))
            } catch { batch.fail(error) }
        }
    }

    /// What two threads share of one batch.
    private final class Batch<Result: Sendable>: Sendable {
        private struct State {
            var next = 0
            var results: [Result?]
            var error: MediaError?
        }

        private let state: Mutex<State>

        init(_ count: Int) { state = Mutex(State(results: Array(repeating: nil, count: count))) }

        func next() -> Int? {
            state.withLock { state in
                guard state.error == nil, state.next < state.results.count else { return nil }
                state.next += 1
                return state.next - 1
            }
        }

        func finish(_ number: Int, _ result: Result) { state.withLock { $0.results[number] = result } }

        func fail(_ error: MediaError) { state.withLock { $0.error = $0.error ?? error } }

        func results() throws(MediaError) -> [Result] {
            let (results, error) = state.withLock { ($0.results, $0.error) }
            if let error { throw error }
            return results.compactMap { $0 }
        }
    }
}
