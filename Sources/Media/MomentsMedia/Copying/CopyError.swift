/// Why coded pictures cannot be taken over as they are.
public enum CopyError: Error, Hashable, Sendable {
    /// It would not be exact, or not be playable everywhere; half a sentence says why.
    case unfit(String)
    /// A libav call failed.
    case media(MediaError)
}

/// Gives a libav failure its place among the reasons.
func copying<Value>(_ body: () throws(MediaError) -> Value) throws(CopyError) -> Value {
    do { return try body() } catch { throw .media(error) }
}
