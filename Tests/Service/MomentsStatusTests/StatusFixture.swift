import FoundationEssentials
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport

/// A board with a server on a socket in the test's own folder.
struct StatusFixture {
    let board = StatusBoard(version: "9.9")
    let server: StatusServer
    let socket = ScratchFolder.path.appending("s.sock")

    init(keepAlive: Duration = .seconds(15)) throws {
        server = try StatusServer(board: board, socket: socket, mode: 0o600, group: nil, keepAlive: keepAlive)
    }

    func get(_ target: String, method: String = "GET") throws -> (code: Int, body: Data) {
        let answer = try LocalHTTP(get: target, from: socket, method: method)
        let code = answer.code
        return (code, Data(try answer.content()))
    }

    func json<Value: Decodable>(_ target: String, as type: Value.Type = Value.self) throws -> Value {
        try MomentsJSON.decode(type, from: try get(target).body)
    }

    static func manifest(_ name: String, status: JobStatus = .processing, second: Int64 = 0) -> Manifest {
        let now = Timestamp(milliseconds: 1_700_000_000_000 + second * 1000)
        let source = SourceInfo(name: FilePath(name), folder: "", size: 10, modifiedAt: now)
        var manifest = Manifest(
            jobID: JobIdentifier.make(at: now),
            source: source,
            config: JobOptions(),
            preset: nil,
            at: now
        )
        manifest.pretend(status)
        return manifest
    }
}

/// Reads server-sent events as they come.
struct EventReader: ~Copyable {
    struct Event {
        var name = ""
        var id = ""
        var data = ""
        var comment = ""
    }

    private var answer: LocalHTTP
    private var pending: [UInt8] = []

    init(_ target: String, _ socket: FilePath) throws { answer = try LocalHTTP(get: target, from: socket, timeout: 5) }

    /// The next event or comment; nil at the end.
    mutating func next() throws -> Event? {
        while true {
            let text = String(decoding: pending, as: UTF8.self)
            if let end = text.firstRange(of: "\n\n") {
                pending = Array(text[end.upperBound...].utf8)
                return Self.parse(text[..<end.lowerBound])
            }
            guard let more = try answer.next() else { return nil }
            pending += more
        }
    }

    private static func parse(_ text: Substring) -> Event {
        var event = Event()
        for line in text.split(separator: "\n") {
            if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
            if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
            if line.hasPrefix("data: ") { event.data = String(line.dropFirst(6)) }
            if line.hasPrefix(":") { event.comment = String(line.dropFirst()) }
        }
        return event
    }
}
