internal import FoundationEssentials
internal import MomentsCore

/// One server-sent event, encoded once for all who listen.
struct StreamEvent: Sendable {
    /// Its number; a snapshot has the number of the last event it holds.
    let number: UInt64
    /// The job it tells of.
    let job: String
    /// The event as it goes over the wire.
    let bytes: [UInt8]

    /// The wire form (WHATWG HTML, section 9.2): JSON on one `data:` line, which holds no line break.
    static func encode(_ name: String, _ body: some Encodable, number: UInt64) -> [UInt8] {
        let data = (try? MomentsJSON.line(body)).map { [UInt8]($0) } ?? Array("{}\n".utf8)
        return Array("id: \(number)\nevent: \(name)\ndata: ".utf8) + data + Array("\n".utf8)
    }
}
