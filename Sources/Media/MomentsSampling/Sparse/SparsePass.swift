internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Analyses a video of which only a small part is decoded.
///
/// All packets are known and all audio is heard. Keyframes show what places there are; the lengths of the packets
/// tell where something changes or moves; what stays in doubt is decoded, and so is what is about to be chosen.
struct SparsePass {
    /// What came of it.
    enum Course {
        case found(SamplingResult)
        /// All of the video has to be decoded, and why.
        case needsAll(String)
    }

    let source: MediaSource
    let observers: ObserverBoard
    /// Seconds up to which a video is watched from end to end.
    let watched: Double
    /// What was decoded for another choice; nil for nothing.
    let memory: SparseMemory?
    let interrupt: Interrupt

    /// Seconds of video that are simply decoded.
    private static let short = 20.0
    /// Seconds between keyframes from which on they show too little.
    private static let sparse = 30.0

    /// Analyses.
    func run(_ progress: (Double) -> Void, _ choose: (Signals) -> ReelProposal) throws -> Course {
        let map = FrameMap(source)
        let schedule = KeyframeSchedule(map.frames)
        let curve = PacketSizeCurve(map.frames)
        if let reason = refusal(map, schedule, curve) { return .needsAll(reason) }
        do {
            return .found(try analyze(map, schedule, curve, progress, choose))
        } catch let refusal as SparseRefusal {
            return .needsAll(refusal.reason)
        }
    }

    private func analyze(
        _ map: FrameMap,
        _ schedule: KeyframeSchedule,
        _ curve: PacketSizeCurve,
        _ progress: (Double) -> Void,
        _ choose: (Signals) -> ReelProposal
    ) throws -> SamplingResult {
        let audio = memory == nil ? AudioPass.start(source, interrupt: interrupt) : nil
        let isWatched = map.times.end.seconds <= watched && memory == nil
        var sight = try SparseSight(
            source,
            map,
            schedule,
            curve,
            observers,
            isWatched: isWatched,
            from: memory,
            interrupt,
            progress
        )
        let (audioCurves, refused) = try audio?.value() ?? (memory?.audio, memory?.refusedPackets ?? 0)
        progress(0.6)
        if isWatched { try sight.watchAll() }
        var signals = sight.signals(audioCurves)
        for round in 0..<3 {
            guard let known = signals, try sight.watch(choose(known)) else { break }
            progress(0.8 + 0.05 * Double(round))
            signals = sight.signals(audioCurves)
        }
        guard let signals else { throw SparseRefusal(reason: "its key pictures cannot be decoded on their own") }
        progress(1)
        var seen = sight.memory
        seen.audio = audioCurves
        seen.framesDecoded = sight.crew.framesDecoded + (memory?.framesDecoded ?? 0)
        seen.refusedPackets = sight.crew.refusedPackets + refused
        let decoded = seen.framesDecoded
        var result = SamplingResult(
            signals: signals,
            framesDecoded: decoded,
            decodedShare: Double(decoded) / Double(max(1, map.times.count)),
            damagedPackets: seen.refusedPackets,
            reason: sight.reason,
            isOfAll: false,
            proxy: nil
        )
        result.memory = seen
        return result
    }

    private func refusal(_ map: FrameMap, _ schedule: KeyframeSchedule, _ curve: PacketSizeCurve) -> String? {
        if let trouble = map.trouble { return trouble }
        if map.times.end.seconds < Self.short { return "it is short" }
        if schedule.longest > Self.sparse { return "its key pictures lie too far apart" }
        if map.frames.count(where: { !$0.isIntra }) * 4 < map.frames.count {
            return "each of its pictures is coded on its own, so that their lengths tell of no motion"
        }
        return nil
    }
}
