internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// Writes many pictures of one size, for which everything is prepared once.
///
/// Used on one thread.
public final class StillSeries {
    private let form: StillForm
    private let width: Int
    private let height: Int
    private let filter: FrameFilter

    /// Prepares for decoded frames of a video.
    ///
    /// - Parameters:
    ///   - preparation: Size and orientation; what it is for follows from the format.
    ///   - form: The format, and how fine.
    /// - Throws: `MediaError`.
    public convenience init(_ preparation: FramePreparation, as form: StillForm) throws {
        try self.init(preparation.width, preparation.height, preparation.orientation, form)
    }

    /// Prepares for upright pictures of a size.
    ///
    /// - Parameters:
    ///   - width: Width in pixels.
    ///   - height: Height in pixels.
    ///   - form: The format, and how fine.
    /// - Throws: `MediaError`.
    public convenience init(width: Int, height: Int, as form: StillForm) throws {
        try self.init(width, height, .upright, form)
    }

    private init(_ width: Int, _ height: Int, _ orientation: Orientation, _ form: StillForm) throws {
        let preparation = FramePreparation(
            width: width,
            height: height,
            orientation: orientation,
            purpose: StillEncoder.purpose(form.format)
        )
        (self.form, self.width, self.height) = (form, preparation.width, preparation.height)
        filter = try FrameFilter(base: Rational(1, 1000)) {
            (preparation.chain(for: $0, isInterlaced: $1), preparation.toneTable(for: $0))
        }
    }

    /// Encodes a decoded frame.
    ///
    /// - Parameters:
    ///   - frame: The frame.
    ///   - capture: What is told of its recording.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`.
    public func bytes(_ frame: borrowing Frame, capture: CaptureNote? = nil) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let form = form
        let consume: FrameFilter.Consumer = { frame, _ in
            bytes = try StillEncoder.encode(frame, form)
        }
        try filter.push(frame, at: .zero, consume)
        // What deinterlaces holds a frame back.
        if bytes.isEmpty { try filter.finish(consume) }
        guard !bytes.isEmpty else { throw MediaError("encode", "a picture", code: moments_averror(EINVAL)) }
        guard let capture else { return bytes }
        return switch form.format {
        case .jpeg: capture.added(toJPEG: bytes)
        case .webp: capture.added(toWebP: bytes, width: width, height: height)
        case .avif: bytes
        }
    }

    /// Encodes a small picture.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - colors: How its values are meant.
    ///   - capture: What is told of its recording.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`.
    public func bytes(
        _ picture: StillImage,
        _ colors: FrameColors,
        capture: CaptureNote? = nil
    ) throws -> [UInt8] {
        let frame = try colors.frame(of: picture)
        return try bytes(frame, capture: capture)
    }
}
