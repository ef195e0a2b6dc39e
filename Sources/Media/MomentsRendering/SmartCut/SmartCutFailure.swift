internal import MomentsEncoding
internal import MomentsMedia

/// Why there is no reel of copied frames.
enum SmartCutFailure: Error {
    /// The source is not fit for it; half a sentence says why.
    case unfit(String)
    case render(RenderError)
}

/// Gives a failure of copying its place.
func copyingStream<Value>(_ body: () throws(StreamCopyError) -> Value) throws(SmartCutFailure) -> Value {
    do { return try body() } catch {
        switch error {
        case .unfit(let reason): throw .unfit(reason)
        // What libav makes no sense of here, encoding everything may still make something of.
        case .media(let error) where error.isInvalidData: throw .unfit("\(error)")
        case .media(let error): throw .render(.media(error))
        }
    }
}

/// Gives a failure of rendering its place.
func rendering<Value>(_ body: () throws(RenderError) -> Value) throws(SmartCutFailure) -> Value {
    do { return try body() } catch { throw .render(error) }
}
