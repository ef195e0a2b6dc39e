/// What a taste can be for or against: signs of a stretch of video, each from 0 to 1.
public enum TasteSignal: String, CaseIterable, Codable, Sendable {
    /// How much frames differ from those before.
    case change
    /// How much moves against the camera.
    case motion
    /// How loud it is.
    case loudness
    /// How loud it is over some seconds.
    case swell
    /// How much of a fixed camera's frame is not as it usually is.
    case foreground
    /// How far it stands out.
    case saliency
    /// How little moves over some seconds.
    case calm
    /// How quiet it is over some seconds.
    case quiet
    /// How bright the picture is.
    case bright
    /// How sharp and detailed it is.
    case detail
    /// How much it sounds like somebody who speaks.
    case speech
    /// How much it sounds like a crowd.
    case cheering
    /// Whether faces are seen; known where there is a model to tell.
    case faces
    /// How many people are seen; known where there is a model to tell.
    case people

    /// What it counts without a taste.
    public var shipped: Double {
        switch self {
        case .change, .motion, .loudness: 1
        case .faces: 0.6
        case .swell, .foreground: 0.5
        case .saliency: 4
        case .calm, .quiet, .bright, .detail, .speech, .cheering, .people: 0
        }
    }

    /// What it may count under any taste, however many edits ask for more.
    ///
    /// A quarter to four times of what it counts anyway; what counts nothing never counts more than three quarters
    /// of what the heaviest ranks do without a taste.
    public var bounds: ClosedRange<Double> {
        switch self {
        // Some do not want to see any.
        case .faces: return -0.75...shipped * 4
        case _ where shipped > 0: return shipped / 4...shipped * 4
        case .calm, .quiet: return 0...0.75
        default: return -0.75...0.75
        }
    }

    /// What it is called behind "you often keep".
    public var words: String {
        switch self {
        case .change: "what changes a lot"
        case .motion: "fast motion"
        case .loudness: "what is loud"
        case .swell: "what stays loud"
        case .foreground: "what comes into the picture"
        case .saliency: "what stands out"
        case .calm: "calm views"
        case .quiet: "what is quiet"
        case .bright: "bright pictures"
        case .detail: "sharp detail"
        case .speech: "people who speak"
        case .cheering: "crowds that cheer"
        case .faces: "faces"
        case .people: "many people"
        }
    }
}
