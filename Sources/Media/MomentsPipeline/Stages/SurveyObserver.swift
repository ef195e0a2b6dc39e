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
        var store: FrameStore?
        var failure: (any Error)?
    }

    /// Prepares for a video.
    ///
    /// - Parameters:
    ///   - longSide: The longer side of the pictures, in pixels.
    ///   - interval: The least time between two of them, in seconds.
    init(longSide: Int, interval: Double) {
        request = FrameRequest(longSide: longSide, form: .planar, framesPerMinute: 60 / interval)
        state = Mutex(State())
    }

    /// Prepares for what sheets and scenes' stills of a video are made of.
    ///
    /// - Parameter duration: The video's, in seconds.
    convenience init(duration: Double) {
        self.init(longSide: FrameSurvey.longSide, interval: FrameSurvey.interval(duration))
    }

    func observe(_ frame: ObservedFrame) {
        keep(frame.planes, width: frame.width, height: frame.height, at: frame.time)
    }

    /// Keeps a small picture.
    func keep(_ planes: [[UInt8]], width: Int, height: Int, at time: MediaTime) {
        let picture = StillImage(width: width, height: height, luma: planes[0], cb: planes[1], cr: planes[2])
        state.withLock { state in
            do {
                let store: FrameStore
                if let opened = state.store { store = opened } else { store = try FrameStore() }
                state.store = store
                try state.survey.add(picture, at: time, store)
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
