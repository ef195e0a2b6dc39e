internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Decodes segments and watches them.
struct SegmentPass {
    let map: FrameMap
    let crew: SegmentThreads
    let size: AnalysisSize
    let observers: ObserverBoard

    /// Watches segments.
    ///
    /// - Parameters:
    ///   - whole: Segments of which every frame is watched, as for cuts.
    ///   - rough: Segments of which only those frames are watched that others need, as for motion.
    /// - Returns: What was seen; nil where the file is not as its index has it.
    /// - Throws: `MediaError`.
    func watch(whole: [SegmentPlan], rough: [SegmentPlan] = []) throws -> [SegmentFindings]? {
        // The longest first, so that no thread waits long for the other at the end.
        let passes = Self.passes(whole, rough).sorted { $0.cost > $1.cost }
        guard let first = passes.first else { return [] }
        let claims = observers.claims(passes.map { $0.spans(map.times) }, in: .segments)
        // One that takes longer than all others together would leave a thread without work; and two decoders of large
        // frames would hold too many.
        let isLong = first.cost > passes.dropFirst().reduce(Self.worthThreads) { $0 + $1.cost }
        let alone = !crew.isParallel ? passes.count : isLong ? 1 : 0
        var seen = try crew.workAlone(alone) { tools, number in
            try watch(passes[number], claims[number], tools)
        }
        seen += try crew.work(passes.count - alone) { tools, number in
            try watch(passes[alone + number], claims[alone + number], tools)
        }
        return seen.contains { $0 == nil } ? nil : seen.compactMap(\.self).flatMap(\.self)
    }

    /// Frames that could be decoded while threads are made for one decoder.
    private static let worthThreads = 30.0

    /// A part of the file that is decoded once.
    private struct Pass: Sendable {
        /// Of which every frame is watched.
        var whole: SegmentPlan?
        /// Of which what others need is watched.
        var rough: SegmentPlan?

        var packets: Range<Int> {
            let both = [whole, rough].compactMap { $0?.packets }
            return (both.map(\.lowerBound).min() ?? 0)..<(both.map(\.upperBound).max() ?? 0)
        }

        /// What is seen of the video, in seconds.
        func spans(_ times: FrameTimes) -> [ClosedRange<Double>] {
            [whole, rough].compactMap { $0?.watch }
                .map { times[$0.lowerBound].seconds...times[$0.upperBound - 1].seconds }
        }

        var cost: Double {
            let (whole, rough) = (whole?.cost(isComplete: true) ?? 0, rough?.cost(isComplete: false) ?? 0)
            return max(whole, rough) + 0.5 * min(whole, rough)
        }
    }

    /// Joins what begins at the same keyframe.
    private static func passes(_ whole: [SegmentPlan], _ rough: [SegmentPlan]) -> [Pass] {
        var passes = whole.map { Pass(whole: $0) }
        for plan in rough {
            let other = passes.firstIndex {
                $0.rough == nil && $0.packets.lowerBound == plan.packets.lowerBound
            }
            if let other { passes[other].rough = plan } else { passes.append(Pass(rough: plan)) }
        }
        return passes
    }

    /// Makes one pass; nil where the file is not as the index has it.
    private func watch(
        _ pass: Pass,
        _ claim: ObserverClaim,
        _ tools: SegmentThreads.Tools
    ) throws -> [SegmentFindings]? {
        let (times, scaler) = (map.times, tools.scaler)
        var watches = [(pass.whole, true), (pass.rough, false)].compactMap { plan, isComplete in
            plan.map { Watch($0, isComplete: isComplete, size, times) }
        }
        let complete = pass.whole.map { $0.watchFrom..<max($0.watchFrom, $0.packets.upperBound) }
        let isFound = try tools.reader.read(pass.packets, complete: complete ?? 0..<0) {
            time,
            frame in
            let wanting = watches.indices.filter { watches[$0].wants(time) }
            guard !wanting.isEmpty else { return }
            try scaler.scale(frame)
            let (luma, cb, cr) = (scaler.luma, scaler.cb, scaler.cr)
            let number = times.index(at: time)
            try observers.show(frame, at: time, number: number, in: .segments, claim, tools.scalers)
            for watch in wanting { watches[watch].add(luma: luma.span, cb: cb.span, cr: cr.span, time: time) }
        }
        return isFound ? watches.compactMap { $0.finish(times) } : nil
    }

    /// What is watched of a pass.
    private struct Watch {
        let isComplete: Bool
        private let from: MediaTime
        private let end: MediaTime
        private var last = MediaTime(ticks: -1, timescale: 1)
        private var watcher: SegmentAnalyzer

        init(_ plan: SegmentPlan, isComplete: Bool, _ size: AnalysisSize, _ times: FrameTimes) {
            self.isComplete = isComplete
            (from, end) = (times[plan.watch.lowerBound], times[plan.watch.upperBound])
            watcher = SegmentAnalyzer(size: size, timescale: times.timescale)
        }

        func wants(_ time: MediaTime) -> Bool {
            time >= from && time < end && time > last && (isComplete || time >= last + Self.spacing)
        }

        /// What moves is measured over an eighth of a second; frames nearer than half of that only cost time.
        private static let spacing = MediaTime(ticks: 6, timescale: 100)

        mutating func add(luma: Span<UInt8>, cb: Span<UInt8>, cr: Span<UInt8>, time: MediaTime) {
            last = time
            watcher.add(luma: luma, cb: cb, cr: cr, time: time)
        }

        func finish(_ times: FrameTimes) -> SegmentFindings? { watcher.finish(times, isComplete: isComplete) }
    }
}
