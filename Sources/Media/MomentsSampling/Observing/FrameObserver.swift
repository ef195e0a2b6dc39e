/// Looks at frames while they are decoded for the choice: for people, faces, text, or whatever else is of use.
///
/// No frame is decoded for an observer's sake: it is shown some of those that are decoded anyway, small, upright and with
/// square pixels. What it keeps and tells is its own affair.
///
/// The order of calls:
/// - They come from several threads, but one at a time: no call begins before the last one has returned.
/// - Keyframes and segments come in any order of time; where all frames are decoded, times rise. A video that turns out
///   to be unfit for keyframes and segments is decoded as a whole behind them.
/// - No frame comes twice.
/// - What is shown of a file depends on the file and the request alone; the order between threads does not.
///
/// A call holds up a decoding thread: one that takes long should leave its work to a thread of its own.
public protocol FrameObserver: AnyObject, Sendable {
    /// What is to be shown; asked once, before the first frame.
    var request: FrameRequest { get }

    /// Looks at a frame.
    func observe(_ frame: ObservedFrame)
}
