internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Listens to all of a video's sound on a thread of its own, while others look at pictures.
enum SoundPass {
    /// What was heard: the curves, nil without sound; and how many packets the decoder refused.
    typealias Outcome = (curves: SoundCurves?, refused: Int)

    /// Starts listening.
    static func start(_ source: MediaSource, interrupt: Interrupt) -> Meanwhile<Outcome, MediaError> {
        Meanwhile { () throws(MediaError) in try listen(source, interrupt) }
    }

    private static func listen(
        _ source: MediaSource,
        _ interrupt: Interrupt
    ) throws(MediaError) -> Outcome {
        guard let audio = source.audio else { return (nil, 0) }
        let listener = Listener(channels: audio.channels)
        let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        while true {
            try interrupt.check("analyse")
            switch try reader.next() {
            case .ended: return (listener.finish(end: source.duration), reader.refusedPackets)
            case .sound(let time): reader.withFrame { listener.add($0, time: time) }
            case .picture: continue
            }
        }
    }
}
