internal import Synchronization

/// One observer, and what it has been shown.
final class ObserverChannel: Sendable {
    let request: FrameRequest
    private let observer: any FrameObserver
    /// Parts of the video's time of which a frame was shown.
    private let filled = Mutex<Set<Int>>([])
    private let calls = Mutex(())

    init(_ observer: any FrameObserver) {
        self.observer = observer
        request = observer.request
    }

    /// The part of the video's time a moment lies in; of each one frame is shown, so that all together are few enough.
    func slot(_ seconds: Double) -> Int { Int((seconds * request.framesPerMinute / 60 + 1e-9).rounded(.down)) }

    /// Whether a frame of a part was shown.
    func isFilled(_ slot: Int) -> Bool { filled.withLock { $0.contains(slot) } }

    /// Takes a part for a frame; false where it has one.
    func fill(_ slot: Int) -> Bool { filled.withLock { $0.insert(slot).inserted } }

    /// Shows a frame, one at a time.
    func show(_ frame: ObservedFrame) { calls.withLock { _ in observer.observe(frame) } }
}
