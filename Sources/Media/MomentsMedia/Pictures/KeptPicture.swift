internal import CLibAV

/// A decoded picture that stays when its decoder goes on; shares the decoder's memory, nothing is copied.
public final class KeptPicture {
    private let frame: FrameBox

    /// Keeps a picture.
    ///
    /// - Throws: `MediaError` when memory runs out.
    public init(_ picture: borrowing Frame) throws(MediaError) {
        frame = try FrameBox()
        try check(av_frame_ref(frame.value.raw, picture.raw), "keep", "a picture")
    }

    /// Lends the picture.
    public func withFrame<Result, Failure>(
        _ body: (borrowing Frame) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(frame.value)
    }
}
