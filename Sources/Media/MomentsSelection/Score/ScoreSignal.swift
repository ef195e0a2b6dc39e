internal import MomentsCore

/// What the worth of a moment is made of.
enum ScoreSignal: String, CaseIterable, Sendable {
    /// How much a frame differs from the one before.
    case change
    /// The share of the frame that moves against the camera.
    case motion
    /// How loud it is.
    case loudness
    /// How loud it is over some seconds: applause, music that swells, a heated word.
    case swell
    /// The share of a fixed camera's frame that is not as it usually is: somebody is there.
    case foreground
    /// Whether a face is seen; known where there is a model to tell.
    case faces
    /// How far the moment stands out from what is usual, by its strongest sign.
    case saliency

    /// What a judge who saw stills gave it.
    case judge
    /// Whether somebody marked it.
    case mark

    /// How telling is what is said.
    case words

    /// What a taste calls it; nil where it is no part of the sum of ranks.
    var tasted: TasteSignal? {
        switch self {
        case .change: .change
        case .motion: .motion
        case .loudness: .loudness
        case .swell: .swell
        case .foreground: .foreground
        case .faces: .faces
        case .saliency, .judge, .mark, .words: nil
        }
    }

    /// Seconds of standard deviation over which the curve is evened out.
    var spread: Double {
        switch self {
        case .swell: 1.5
        case .faces: 1
        default: 0.5
        }
    }
}
