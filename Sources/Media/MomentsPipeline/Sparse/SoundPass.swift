internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import Synchronization

/// Listens to all of a video's sound on a thread of its own, while others look at pictures.
final class SoundPass {
    private final class Result: Sendable {
        let value = Mutex<(curves: SoundCurves?, error: MediaError?, refused: Int)>((nil, nil, 0))
    }

    private let result = Result()
    private let thread: WorkerThread

    /// Starts listening.
    init(_ source: MediaSource, interrupt: Interrupt) {
        thread = WorkerThread { [result] in
            do throws(MediaError) {
                let (curves, refused) = try Self.listen(source, interrupt)
                result.value.withLock { $0 = (curves, nil, refused) }
            } catch { result.value.withLock { $0.error = error } }
        }
    }

    /// Waits for the end of it.
    func finish() { thread.join() }

    /// What was heard, once it has ended.
    ///
    /// - Returns: The curves, nil without sound; and how many packets the decoder refused.
    /// - Throws: `MediaError`.
    func curves() throws(MediaError) -> (SoundCurves?, refused: Int) {
        let (curves, error, refused) = result.value.withLock { $0 }
        if let error { throw error }
        return (curves, refused)
    }

    private static func listen(
        _ source: MediaSource,
        _ interrupt: Interrupt
    ) throws(MediaError) -> (SoundCurves?, Int) {
        guard let audio = source.audio, let listener = Listener(channels: min(2, max(1, audio.channels))) else {
            return (nil, 0)
        }
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
