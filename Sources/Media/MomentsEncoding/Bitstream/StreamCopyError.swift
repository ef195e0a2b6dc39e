public import MomentsMedia

/// Why coded frames cannot be taken over as they are.
public enum StreamCopyError: Error, Hashable, Sendable {
    /// It would not be exact, or not be playable everywhere; half a sentence says why.
    case unfit(String)
    /// A libav call failed.
    case media(MediaError)
}

/// Gives a libav failure its place among the reasons.
func copying<Value>(_ body: () throws(MediaError) -> Value) throws(StreamCopyError) -> Value {
    do { return try body() } catch { throw .media(error) }
}
