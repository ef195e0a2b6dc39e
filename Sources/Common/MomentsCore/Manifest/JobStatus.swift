/// Where a video's job stands.
public enum JobStatus: String, CaseIterable, Codable, Sendable {
    /// It is still arriving.
    case uploading
    /// It has arrived whole and waits for a worker.
    case pending
    /// A worker is at it.
    case processing
    /// Its result is in the outbox.
    case completed
    /// It could not be done; `error` says why.
    case failed
    /// Its video was removed.
    case cancelled

    /// Whether nothing more happens by itself (a transient failure apart).
    public var isFinal: Bool { self == .completed || self == .failed || self == .cancelled }
}
