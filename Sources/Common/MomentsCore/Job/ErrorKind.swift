/// Every way a job can fail, by the name the manifest gives it.
public enum ErrorKind: String, CaseIterable, Codable, Sendable {
    case unsupportedFormat = "UnsupportedFormat"
    case noVideoStream = "NoVideoStream"
    case corruptMedia = "CorruptMedia"
    case tooLarge = "TooLarge"
    case tooLong = "TooLong"
    case tooShort = "TooShort"
    case tooSmall = "TooSmall"
    case invalidRequest = "InvalidRequest"
    case unknownPreset = "UnknownPreset"
    case decodeFailed = "DecodeFailed"
    case renderFailed = "RenderFailed"
    case verificationFailed = "VerificationFailed"
    case outOfSpace = "OutOfSpace"
    case readFailed = "ReadFailed"
    case writeFailed = "WriteFailed"
    case timedOut = "TimedOut"
    case workerCrashed = "WorkerCrashed"
    case workerOutOfMemory = "WorkerOutOfMemory"
    case interrupted = "Interrupted"

    /// Whether trying again later, with nothing changed, can succeed.
    public var isTransient: Bool {
        switch self {
        case .outOfSpace, .readFailed, .writeFailed, .timedOut, .workerCrashed, .workerOutOfMemory, .interrupted: true
        default: false
        }
    }
}
