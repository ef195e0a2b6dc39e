public import MomentsAnalysis
public import MomentsCore
public import MomentsMedia

/// Decides which frames of a video are decoded and looked at: all of them, or as few as a good choice needs.
///
/// Memory stays flat: some 10 MB of findings for two hours, beside the decoders' own frames.
public struct Sampler {
    private let source: MediaSource
    private let threads: Int?
    private let observers: ObserverBoard
    private let interrupt: Interrupt
    private let watched: Double
    private let standIn: StandIn?
    private let memory: SparseMemory?

    /// Makes a sampler; nothing happens before `run`.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - original: The video that it is a proven proxy of: whose clock all findings are on; nil for itself.
    ///   - threads: Threads that decode where all is decoded; nil for as many as there are processors, at most four.
    ///   - observers: Who else looks at the frames that are decoded.
    ///   - memory: What was decoded for another choice; only what this one needs besides is decoded then. Nil for nothing.
    ///   - watched: Seconds up to which a video is watched from end to end, which takes no longer than decoding it.
    ///   - interrupt: Stops the work at the next packet.
    public init(
        _ source: MediaSource,
        standingFor original: MediaSource? = nil,
        threads: Int? = nil,
        observers: [any FrameObserver] = [],
        goingOnFrom memory: SparseMemory? = nil,
        watched: Double = 120,
        interrupt: Interrupt
    ) {
        self.source = source
        self.threads = threads
        standIn = original.map(StandIn.init)
        self.observers = ObserverBoard(observers, original ?? source, times: standIn?.times)
        self.interrupt = interrupt
        self.watched = watched
        self.memory = memory
    }

    /// Looks at the video.
    ///
    /// - Parameters:
    ///   - mode: Whether all is decoded, or as little as the choice needs.
    ///   - progress: Told the share done, 0–1, rising.
    ///   - choose: What would be chosen by what is known so far; asked a few times where not all is decoded.
    /// - Returns: The findings.
    /// - Throws: `MediaError` when not one frame can be decoded, the disk fails or the work was stopped.
    public func run(
        _ mode: AnalysisMode,
        progress: (Double) -> Void,
        choose: (Signals) -> ReelProposal
    ) throws -> SamplingResult {
        guard let standIn else { return try look(mode, progress: progress, choose: choose) }
        var result = try look(mode, progress: progress) { choose((try? standIn.signals($0)) ?? $0) }
        result.signals = try standIn.signals(result.signals)
        result.proxy = source.path.name
        return result
    }

    private func look(
        _ mode: AnalysisMode,
        progress: (Double) -> Void,
        choose: (Signals) -> ReelProposal
    ) throws -> SamplingResult {
        let whole = FullPass(
            source: source,
            observers: observers,
            interrupt: interrupt,
            threads: threads,
            isFine: mode == .full
        )
        guard mode == .auto else { return try whole.run(reason: "every picture is decoded, as asked for", progress) }
        let sparse = SparsePass(
            source: source,
            observers: observers,
            watched: watched,
            memory: memory,
            interrupt: interrupt
        )
        switch try sparse.run(progress, choose) {
        case .found(let result): return result
        case .needsAll(let reason): return try whole.run(reason: "every picture is decoded: \(reason)", progress)
        }
    }
}
