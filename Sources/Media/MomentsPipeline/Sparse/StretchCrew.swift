internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

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

    /// Decoders mostly work singly: threads of one decoder would wait for each other at the ends of short stretches.
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
        try WorkCrew.work(count, threads: Self.size) { [self] (thread, number) throws(MediaError) in
            try body(try tools(of: desks[thread]), number)
        }
    }

    /// Does one long item, whose pictures both threads decode, while nothing else is done.
    ///
    /// - Parameter body: Does it, on the calling thread.
    /// - Returns: What came of it.
    /// - Throws: What `body` throws, or `MediaError` when there is no memory for it.
    func workAlone<Result>(_ body: (Tools) throws(MediaError) -> Result) throws(MediaError) -> Result {
        let tools = try tools(of: desks[0])
        try tools.reader.decode(on: Self.size)
        let result = try body(tools)
        try tools.reader.decode(on: 1)
        return result
    }

    private func tools(of desk: Desk) throws(MediaError) -> Tools {
        if let tools = desk.tools { return tools }
        let tools = try Tools(source, pictureSize, interrupt)
        desk.tools = tools
        return tools
    }
}
