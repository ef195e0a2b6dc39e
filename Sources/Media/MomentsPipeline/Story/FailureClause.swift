internal import MomentsMedia
internal import MomentsSystem

/// Puts failures into words.
enum FailureClause {
    /// Why something failed, as a clause.
    static func of(_ error: any Error) -> String {
        switch error {
        case let error as MediaError: error.reason
        case let error as SystemError: error.reason
        case let error as SourceProbe.Refusal:
            switch error {
            case .unsupported(let reason), .noVideo(let reason), .undecodable(let reason), .corrupt(let reason): reason
            case .failed(let error): error.reason
            }
        default: "\(error)"
        }
    }
}
