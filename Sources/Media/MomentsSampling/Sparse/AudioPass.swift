internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Listens to all of a video's audio on a thread of its own, while others look at frames.
enum AudioPass {
    /// What was heard: the curves, nil without audio; and how many packets the decoder refused.
    typealias Findings = (curves: AudioCurves?, refused: Int)

    /// Starts listening.
    static func start(_ source: MediaSource, interrupt: Interrupt) -> BackgroundTask<Findings, any Error> {
        BackgroundTask { try run(source, interrupt) }
    }

    private static func run(
        _ source: MediaSource,
        _ interrupt: Interrupt
    ) throws -> Findings {
        guard let audio = source.audio else { return (nil, 0) }
        let feed = AudioFeed(channels: audio.channels)
        let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        while true {
            try interrupt.check("analyse")
            switch try reader.next() {
            case .ended: return (feed.finish(end: source.duration), reader.refusedPackets)
            case .audio(let time): reader.withFrame { feed.add($0, time: time) }
            case .video: continue
            }
        }
    }
}
