public import MomentsCore

/// One entry for the journal: a line for people, and fields for programs.
public struct JournalEntry: Hashable, Sendable {
    /// How much an entry matters; the raw values are those of syslog(3).
    public enum Level: Int, Sendable {
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
        case debug = 7
    }

    /// The line for people; made harmless when it is written.
    public var message: String
    /// How much it matters.
    public var level: Level
    /// What kind of event it tells of, if one with an article in the message catalog.
    public var kind: MessageKind?
    /// The job's identifier: the field `MOMENTS_JOB`.
    public var job: String?
    /// The video: the field `MOMENTS_SOURCE`, in its exact bytes.
    public var source: FilePath?
    /// The stage: the field `MOMENTS_STAGE`.
    public var stage: Stage?
    /// The kind of error: the field `MOMENTS_ERROR`.
    public var error: ErrorKind?

    /// Makes an entry; without a level it has that of its kind, or `info`.
    public init(
        _ message: String,
        level: Level? = nil,
        kind: MessageKind? = nil,
        job: String? = nil,
        source: FilePath? = nil,
        stage: Stage? = nil,
        error: ErrorKind? = nil
    ) {
        self.message = message
        self.level = level ?? kind?.level ?? .info
        self.kind = kind
        self.job = job
        self.source = source
        self.stage = stage
        self.error = error
    }

    /// The fields as the journal takes them, `NAME=value` in bytes.
    package func fields(identifier: String) -> [[UInt8]] {
        var fields = [
            Array("MESSAGE=\(Escaping.line(message))".utf8),
            Array("PRIORITY=\(level.rawValue)".utf8),
            Array("SYSLOG_IDENTIFIER=\(identifier)".utf8),
        ]
        if let kind { fields.append(Array("MESSAGE_ID=\(kind.rawValue)".utf8)) }
        if let job { fields.append(Array("MOMENTS_JOB=\(Escaping.line(job))".utf8)) }
        if let source { fields.append(Array("MOMENTS_SOURCE=".utf8) + source.bytes) }
        if let stage { fields.append(Array("MOMENTS_STAGE=\(stage.rawValue)".utf8)) }
        if let error { fields.append(Array("MOMENTS_ERROR=\(error.rawValue)".utf8)) }
        return fields
    }

    /// The entry as one line for a terminal or a file.
    package func line(at time: String) -> String {
        let mark =
            switch level {
            case .error: "error: "
            case .warning: "warning: "
            case .notice, .info, .debug: ""
            }
        let place = source.map { " [\($0.display)]" } ?? ""
        // The video's name often stands in the sentence already.
        let isNamed = source.map { message.contains($0.name.text) } ?? true
        return "\(time) \(mark)\(Escaping.line(message))\(isNamed ? "" : place)\n"
    }
}
