internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSampling
internal import MomentsStills
internal import Synchronization

/// Keeps small pictures of what the analysis decodes.
final class SurveyObserver: FrameObserver {
    let request: FrameRequest
    private let state: Mutex<State>

    private struct State {
        var survey = FrameSurvey()
        var store: PictureStore?
        var failure: (any Error)?
    }

    /// Prepares for a video.
    ///
    /// - Parameter duration: The video's, in seconds.
    init(duration: Double) {
        request = FrameRequest(
            longSide: FrameSurvey.longSide,
            form: .planar,
            framesPerMinute: 60 / FrameSurvey.interval(duration)
        )
        state = Mutex(State())
    }

    func observe(_ frame: ObservedFrame) {
        let picture = PlanarPicture(
            width: frame.width,
            height: frame.height,
            luma: frame.planes[0],
            cb: frame.planes[1],
            cr: frame.planes[2]
        )
        state.withLock { state in
            do {
                let store: PictureStore
                if let opened = state.store { store = opened } else { store = try PictureStore() }
                state.store = store
                try state.survey.add(picture, at: frame.time, store)
            } catch { state.failure = state.failure ?? error }
        }
    }

    /// What was kept.
    ///
    /// - Returns: The survey.
    /// - Throws: `MediaError` where a picture could not be kept.
    func survey() throws -> FrameSurvey {
        let (survey, failure) = state.withLock { ($0.survey, $0.failure) }
        if let failure { throw failure }
        return survey
    }
}
