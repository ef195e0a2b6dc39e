import MomentsSampling
import Synchronization

/// Writes down what it is shown, and whether two calls ever ran at once.
final class RecordingObserver: FrameObserver {
    let request: FrameRequest
    private let seen = Mutex<[ObservedFrame]>([])
    private let isBusy = Atomic(false)
    private let collisions = Atomic(0)

    init(_ request: FrameRequest) { self.request = request }

    var frames: [ObservedFrame] { seen.withLock { $0 } }
    var hasCollided: Bool { collisions.load(ordering: .relaxed) > 0 }

    func observe(_ frame: ObservedFrame) {
        if isBusy.exchange(true, ordering: .acquiringAndReleasing) { collisions.add(1, ordering: .relaxed) }
        seen.withLock { $0.append(frame) }
        isBusy.store(false, ordering: .releasing)
    }
}
