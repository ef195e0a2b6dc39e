internal import MomentsCore

/// Who chooses the moments of a judged clip.
enum JudgedChooser: String, CaseIterable {
    case auto
    case full
    case judge
    case frameDifference = "frame_difference"
    case loudness
    case uniform
    case editor

    /// momentsd itself, by the mode of its analysis.
    init(_ mode: AnalysisMode) {
        switch mode {
        case .auto: self = .auto
        case .full: self = .full
        }
    }

    /// What people read.
    var title: String {
        switch self {
        case .auto: "momentsd, auto"
        case .full: "momentsd, full"
        case .judge: "momentsd, judge"
        case .frameDifference: "frame difference"
        case .loudness: "loudness"
        case .uniform: "uniform"
        case .editor: "second editor"
        }
    }

    /// The head of its column.
    var column: String {
        switch self {
        case .frameDifference: "frames"
        case .loudness: "loud"
        default: rawValue
        }
    }
}
