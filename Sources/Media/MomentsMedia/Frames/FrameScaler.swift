internal import CLibAV

/// Shrinks decoded frames of any format to small planes of one fixed size, reused for every frame.
///
/// The planes are 8-bit YUV 4:2:0 of limited range (luma 16–235), as coded: neither turned nor stretched.
/// Costs about 0.25 ms for 1080p to 320 × 180.
public final class FrameScaler {
    /// The luma plane's width in pixels; even.
    public let width: Int
    /// The luma plane's height in pixels; even.
    public let height: Int
    /// Brightness, `width × height` bytes row by row.
    public private(set) var luma: [UInt8]
    /// Blue difference, a quarter of the luma plane.
    public private(set) var cb: [UInt8]
    /// Red difference, a quarter of the luma plane.
    public private(set) var cr: [UInt8]

    private var context: OpaquePointer?
    private var from: (format: CInt, width: CInt, height: CInt, range: AVColorRange, step: Int) =
        (-1, 0, 0, AVCOL_RANGE_UNSPECIFIED, 1)

    /// Makes planes of this size; both sides are rounded up to even numbers.
    public init(width: Int, height: Int) {
        self.width = (max(2, width) + 1) / 2 * 2
        self.height = (max(2, height) + 1) / 2 * 2
        luma = Array(repeating: 16, count: self.width * self.height)
        cb = Array(repeating: 128, count: self.width * self.height / 4)
        cr = cb
    }

    deinit { sws_freeContext(context) }

    /// Fills the planes from a frame.
    public func scale(_ frame: borrowing Frame) throws {
        try prepare(for: frame.raw.pointee)
        var rows: CInt = 0
        let (strideY, strideC) = (CInt(width), CInt(width / 2))
        let raw = frame.raw.pointee
        luma.withUnsafeMutableBufferPointer { y in
            cb.withUnsafeMutableBufferPointer { u in
                cr.withUnsafeMutableBufferPointer { v in
                    rows = Self.run(
                        context,
                        raw,
                        from.step,
                        [y.baseAddress, u.baseAddress, v.baseAddress],
                        [strideY, strideC]
                    )
                }
            }
        }
        try check(rows, "scale", "a picture")
    }

    private static func run(
        _ context: OpaquePointer?,
        _ frame: AVFrame,
        _ step: Int,
        _ planes: [UnsafeMutablePointer<UInt8>?],
        _ strides: [CInt]
    ) -> CInt {
        let source: [UnsafePointer<UInt8>?] = [
            UnsafePointer(frame.data.0), UnsafePointer(frame.data.1), UnsafePointer(frame.data.2),
            UnsafePointer(frame.data.3),
        ]
        let sourceStrides = [frame.linesize.0, frame.linesize.1, frame.linesize.2, frame.linesize.3]
            .map { $0 * CInt(step) }
        return sws_scale(
            context,
            source,
            sourceStrides,
            0,
            frame.height / CInt(step),
            planes + [nil],
            [strides[0], strides[1], strides[1], 0]
        )
    }

    /// Every how many rows of the frame one is used.
    ///
    /// Where a row of the small one would be made of four and more, half of them show the same at half the cost. Not
    /// where every other row is of another moment.
    private static func step(_ frame: AVFrame, height: Int) -> Int {
        let planar: [AVPixelFormat] = [
            AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV422P,
        ]
        guard frame.height >= 480, frame.interlaced_frame == 0, planar.contains(AVPixelFormat(frame.format)) else {
            return 1
        }
        return max(1, Int(frame.height) / (2 * height))
    }

    private func prepare(for frame: AVFrame) throws {
        let step = Self.step(frame, height: height)
        let now = (frame.format, frame.width, frame.height, frame.color_range, step)
        guard context == nil || from != now else { return }
        sws_freeContext(context)
        context = sws_getContext(
            frame.width,
            frame.height / CInt(step),
            AVPixelFormat(frame.format),
            CInt(width),
            CInt(height),
            AV_PIX_FMT_YUV420P,
            SWS_AREA,
            nil,
            nil,
            nil
        )
        guard let context else { throw MediaError("scale", "a picture", code: moments_averror(EINVAL)) }
        from = now
        let coefficients = sws_getCoefficients(SWS_CS_DEFAULT)
        let isFull: CInt = frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0
        // Refused for formats without a range of their own (RGB); those keep swscale's choice.
        _ = sws_setColorspaceDetails(context, coefficients, isFull, coefficients, 0, 0, 1 << 16, 1 << 16)
    }
}
