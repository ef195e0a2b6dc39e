internal import MomentsCore
internal import MomentsEncoding
internal import MomentsSampling
internal import Synchronization

/// Keeps pictures to look for subjects in: some from all over the video, and more of segments, where moments are about to be
/// chosen.
final class SubjectObserver: FrameObserver {
    let request: FrameRequest
    private let kept: Kept

    /// What two observers of a video keep together.
    private final class Kept: Sendable {
        struct State {
            var pictures = SubjectFrames()
            var store: FrameStore?
            var failure: (any Error)?
        }

        let state = Mutex(State())
    }

    private init(_ request: FrameRequest, _ kept: Kept) { (self.request, self.kept) = (request, kept) }

    /// Prepares for a video.
    ///
    /// - Parameter duration: The video's, in seconds.
    /// - Returns: Two observers, one for the whole video and one for segments.
    static func pair(duration: Double) -> [SubjectObserver] {
        let kept = Kept()
        let coarse = 60 / max(1 / dense, duration / 120)
        return [(SamplingPasses.all, coarse), (.segments, 60 * dense)].map { passes, perMinute in
            let request = FrameRequest(
                longSide: SubjectFrames.longSide,
                form: .planar,
                passes: passes,
                framesPerMinute: perMinute
            )
            return SubjectObserver(request, kept)
        }
    }

    func observe(_ frame: ObservedFrame) {
        let picture = StillImage(
            width: frame.width,
            height: frame.height,
            luma: frame.planes[0],
            cb: frame.planes[1],
            cr: frame.planes[2]
        )
        kept.state.withLock { state in
            do {
                let store: FrameStore
                if let opened = state.store { store = opened } else { store = try FrameStore() }
                state.store = store
                try state.pictures.add(picture, at: frame.time, number: frame.number, store)
            } catch { state.failure = state.failure ?? error }
        }
    }

    /// What both of a pair kept.
    ///
    /// - Returns: The pictures.
    /// - Throws: `MediaError` where one could not be kept.
    func pictures() throws -> SubjectFrames {
        let (pictures, failure) = kept.state.withLock { ($0.pictures, $0.failure) }
        if let failure { throw failure }
        return pictures
    }

    /// Pictures a second where a moment may be chosen.
    private static let dense = 4.0
}
