internal import CLibAV

/// A decoded frame that stays when its decoder goes on; shares the decoder's memory, nothing is copied.
public final class KeptFrame {
    private let frame: FrameBox

    /// Keeps a frame.
    ///
    /// - Throws: `MediaError` when memory runs out.
    public init(_ other: borrowing Frame) throws {
        frame = try FrameBox()
        try check(av_frame_ref(frame.value.raw, other.raw), "keep", "a picture")
    }

    /// Lends the frame.
    public func withFrame<Result, Failure>(
        _ body: (borrowing Frame) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(frame.value)
    }
}
