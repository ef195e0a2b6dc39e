/// Whether a file's content is all there, as far as its container tells.
public enum Completeness: Hashable, Sendable {
    /// The container says how long it is, and everything is there.
    case complete
    /// Nothing is missing, but more may follow: another fragment, or the rest of a last part without a length.
    case completeSoFar
    /// The content says nothing about its own length, or is nothing this looks into.
    case unknown
    /// Something is clearly missing.
    ///
    /// `reason` is a clause for people ("12 of 40 MB have arrived"); `playable` tells whether there is an index, so
    /// that what has arrived could be decoded.
    case incomplete(reason: String, playable: Bool)
}
