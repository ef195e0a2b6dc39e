internal import FoundationEssentials
internal import MomentsCore

/// What a request is answered with.
struct StatusAnswer: Sendable {
    /// What comes after the head.
    enum Body: Sendable {
        /// A whole document of some type.
        case document([UInt8], type: String)
        /// Events as they happen: all, or those of one job.
        case events(job: String?)
    }

    /// The HTTP status.
    let code: UInt32
    /// The content.
    let body: Body

    /// JSON for people and programs.
    static func json(_ value: some Encodable, code: UInt32 = 200) -> StatusAnswer {
        guard let data = try? MomentsJSON.document(value) else { return refusal(500, "the answer cannot be written") }
        return StatusAnswer(code: code, body: .document([UInt8](data), type: "application/json"))
    }

    /// An answer that says what is wrong and what would be right.
    static func refusal(_ code: UInt32, _ reason: String, allowed: [String] = []) -> StatusAnswer {
        return json(RefusalDocument(error: reason, allowed: allowed.isEmpty ? nil : allowed), code: code)
    }
}
