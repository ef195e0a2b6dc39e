internal import FoundationEssentials
public import MomentsCore

/// Something that happened of which a hook is to be told; it waits in a `HookSpool` until that is done.
public struct HookEvent: Codable, Sendable {
    /// What happened.
    public let kind: HookKind
    /// One sentence for people.
    public let message: String
    /// The job; nil for a problem of no single one.
    public let job: Manifest?
    /// Where the video lies.
    public let inbox: FilePath
    /// Where its result lies.
    public let outbox: FilePath
    /// How often its hook has failed.
    public internal(set) var failures = 0
    /// When its hook is to be tried again; nil for at once.
    public internal(set) var due: Timestamp?

    /// Describes what happened.
    public init(_ kind: HookKind, _ message: String, job: Manifest? = nil, inbox: FilePath, outbox: FilePath) {
        self.kind = kind
        self.message = message
        self.job = job
        self.inbox = inbox
        self.outbox = outbox
    }

    /// What the hook reads from its standard input: the manifest, or the problem, as JSON.
    var input: Data {
        if let job { return (try? MomentsJSON.document(job)) ?? Data() }
        return (try? MomentsJSON.document(["event": kind.rawValue, "message": message])) ?? Data()
    }

    /// What the hook finds in its environment; of names that are not UTF-8 only the input tells the bytes.
    var variables: [String] {
        var variables = [
            ("EVENT", kind.rawValue), ("MESSAGE", Escaping.line(message.cut(toBytes: 4096))),
            ("ATTEMPT", "\(failures + 1)"),
        ]
        if let job {
            variables += [
                ("JOB", job.jobID), ("SOURCE", job.source.path.text), ("FILE", inbox.appending(job.source.path).text),
                ("NAME", job.source.name.text), ("STATUS", job.status.rawValue),
            ]
            if let preset = job.preset { variables.append(("PRESET", preset)) }
            if let error = job.error { variables.append(("ERROR", error.kind.rawValue)) }
            if let result = job.result, let folder = result.folder {
                let place = outbox.appending(folder)
                variables += [
                    ("RESULT", place.text), ("REEL", place.appending("highlight.mp4").text),
                    ("SECONDS", "\(result.outputDuration)"),
                ]
            }
        }
        // A variable ends at its first zero byte; no text in here has one, whoever chose it.
        return variables.map { "MOMENTS_\($0)=\($1.filter { $0 != "\0" })" }
    }
}
