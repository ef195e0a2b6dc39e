/// Why a job failed, in the form of the manifest's `error` field.
public struct JobError: Error, Hashable, Codable, Sendable {
    /// The kind, for programs.
    public let kind: ErrorKind
    /// One sentence for people: what failed, which file, why, and what to do.
    public let message: String
    /// What the libraries or the kernel said; empty where there is nothing to add.
    public let detail: String
    /// Whether it is tried again by itself.
    public let transient: Bool

    private enum CodingKeys: String, CodingKey {
        case kind = "error"
        case message
        case detail
        case transient
    }

    /// Makes an error; `transient` is the kind's own unless given.
    public init(_ kind: ErrorKind, _ message: String, detail: String = "", transient: Bool? = nil) {
        self.kind = kind
        self.message = message
        self.detail = detail
        self.transient = transient ?? kind.isTransient
    }
}

extension JobError {
    /// The same error with every text cut to so many characters.
    public func cut(to longest: Int) -> JobError {
        JobError(
            kind,
            message.cut(toBytes: longest),
            detail: detail.cut(toBytes: longest),
            transient: transient
        )
    }
}

extension JobError: CustomStringConvertible {
    /// The kind and the sentence, on one harmless line.
    public var description: String { Escaping.line("\(kind.rawValue): \(message)") }
}
