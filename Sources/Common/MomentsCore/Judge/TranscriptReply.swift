/// What a worker is told of what is said in a recording that it wrote: one JSON object on a line of its standard input.
public struct TranscriptReply: Hashable, Codable, Sendable {
    /// WebVTT; nil where there is none.
    public let transcript: String?
    /// Why there is none: a clause with the command as its subject.
    public let refusal: String?

    /// Tells what is said.
    public init(_ transcript: String) { (self.transcript, refusal) = (transcript, nil) }

    /// Tells why that is not known.
    public init(_ failure: JudgeFailure) { (transcript, refusal) = (nil, failure.what) }

    /// Reads a reply, which says one of the two.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        transcript = try values.decodeIfPresent(String.self, forKey: .transcript)
        refusal = try values.decodeIfPresent(String.self, forKey: .refusal)
        guard (transcript == nil) != (refusal == nil) else {
            throw DecodingError.dataCorruptedError(
                forKey: .transcript,
                in: values,
                debugDescription: "either a transcript or a refusal"
            )
        }
    }
}
