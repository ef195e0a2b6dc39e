internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Two threads that decode segments of a video, each with a reader of its own that stays open between batches.
final class SegmentThreads: Sendable {
    /// What one thread works with.
    final class Tools {
        let reader: SegmentReader
        let scaler: FrameScaler
        /// For those who look on.
        let scalers = ObserverScalers()

        init(_ source: MediaSource, _ size: AnalysisSize, _ interrupt: Interrupt) throws {
            reader = try SegmentReader(source, interrupt: interrupt)
            scaler = FrameScaler(width: size.width, height: size.height)
        }
    }

    /// Decoders mostly work singly: threads of one decoder would wait for each other at the ends of short segments.
    static let size = 2

    /// What one thread works with, and has done.
    // Unchecked: in a batch the thread of a number is the only one that touches that number's desk; batches do not
    // overlap, and joining their threads orders them with whoever counts afterwards.
    private final class Desk: @unchecked Sendable {
        var tools: Tools?
        /// What tools given away have done.
        var (framesBefore, refusedBefore) = (0, 0)

        var framesDecoded: Int { framesBefore + (tools?.reader.framesDecoded ?? 0) }
        var refusedPackets: Int { refusedBefore + (tools?.reader.refusedPackets ?? 0) }

        /// Gives the tools away, and with them the frames they hold.
        func clear() {
            (framesBefore, refusedBefore) = (framesDecoded, refusedPackets)
            tools = nil
        }
    }

    private let source: MediaSource
    private let frameSize: AnalysisSize
    private let interrupt: Interrupt
    private let desks = (0..<SegmentThreads.size).map { _ in Desk() }

    init(_ source: MediaSource, size: AnalysisSize, interrupt: Interrupt) {
        self.source = source
        self.frameSize = size
        self.interrupt = interrupt
    }

    /// Whether both threads may hold frames.
    var isParallel: Bool { source.budget.allowsSideBySide }

    /// Frames decoded so far.
    var framesDecoded: Int { desks.reduce(0) { $0 + $1.framesDecoded } }

    /// Packets the decoders refused so far.
    var refusedPackets: Int { desks.reduce(0) { $0 + $1.refusedPackets } }

    /// Does a batch of work, two items at a time, and waits for all of it.
    ///
    /// - Parameters:
    ///   - count: How many items.
    ///   - body: Does the item of a number.
    /// - Returns: What came of each item, in their order.
    /// - Throws: The first error, once both threads have stopped.
    func work<Result: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Tools, Int) throws -> Result
    ) throws -> [Result] {
        try parallelMap(count, threads: Self.size) { [self] thread, number in
            try body(try tools(of: desks[thread]), number)
        }
    }

    /// Does long items one after the other, each of whose frames both threads decode.
    ///
    /// - Parameters:
    ///   - count: How many items.
    ///   - body: Does the item of a number, on the calling thread.
    /// - Returns: What came of each item, in their order.
    /// - Throws: What `body` throws, or `MediaError` when there is no memory for it.
    func workAlone<Result>(
        _ count: Int,
        _ body: (Tools, Int) throws -> Result
    ) throws -> [Result] {
        guard count > 0 else { return [] }
        if !isParallel { for desk in desks.dropFirst() { desk.clear() } }
        let tools = try tools(of: desks[0])
        try tools.reader.decode(on: Self.size)
        var results: [Result] = []
        for number in 0..<count { results.append(try body(tools, number)) }
        try tools.reader.decode(on: 1)
        return results
    }

    private func tools(of desk: Desk) throws -> Tools {
        if let tools = desk.tools { return tools }
        let tools = try Tools(source, frameSize, interrupt)
        desk.tools = tools
        return tools
    }
}
