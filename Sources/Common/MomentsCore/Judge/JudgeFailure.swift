/// Why there is no answer of a judge; the reel is made without it.
public struct JudgeFailure: Error, Hashable, Sendable {
    /// A clause with the judge as its subject: "it answered nothing".
    public let what: String

    /// Makes a failure.
    public init(_ what: String) { self.what = what }
}
