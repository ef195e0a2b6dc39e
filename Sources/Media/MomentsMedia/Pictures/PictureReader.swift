internal import CLibAV
public import MomentsCore
internal import MomentsSystem

/// Reads a picture that a stranger put beside his request: by content, within limits that are looked at before anything
/// is decoded.
public enum PictureReader {
    /// Why a picture is not taken: a clause with the picture as its subject.
    public struct Refusal: Error, Hashable, CustomStringConvertible {
        /// The clause.
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// The largest file, in bytes.
    public static let largestFile = 10 << 20
    /// The longest side, in pixels.
    public static let longestSide = 16_384
    /// The most pixels.
    public static let mostPixels = 80_000_000

    /// Reads a file's content and looks at its header.
    ///
    /// - Parameter path: The picture; a link is refused.
    /// - Returns: Its content and what it says of itself.
    /// - Throws: `Refusal`.
    public static func content(of path: FilePath) throws(Refusal) -> (bytes: [UInt8], header: PictureHeader) {
        let bytes: [UInt8]
        do { bytes = try Descriptor.openRegular(path).read(largestFile + 1, at: 0, of: path) } catch {
            throw Refusal(error.isMissing ? "is not there" : "cannot be read (\(error.reason))")
        }
        return (bytes, try header(of: bytes))
    }

    /// Looks at a picture's header.
    public static func header(of bytes: [UInt8]) throws(Refusal) -> PictureHeader {
        guard bytes.count <= largestFile else { throw Refusal("is larger than \(largestFile >> 20) MiB") }
        guard let header = PictureHeader(bytes) else { throw Refusal("is no JPEG, PNG or WebP picture") }
        guard max(header.width, header.height) <= longestSide, header.width * header.height <= mostPixels else {
            throw Refusal(
                "has \(header.width) × \(header.height) pixels; at most \(longestSide) a side and "
                    + "\(mostPixels / 1_000_000) million in all are taken"
            )
        }
        return header
    }

    /// Decodes a picture.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - size: What it is brought down to cover, in pixels; a smaller picture stays as it is.
    /// - Returns: The picture.
    /// - Throws: `Refusal` where it is none that is taken, or is damaged; `MediaError` where memory is short.
    public static func picture(_ bytes: [UInt8], covering size: (width: Int, height: Int)) throws -> PicturePlanes {
        let header = try header(of: bytes)
        let frame = try FrameBox()
        do { try decode(bytes, header, into: frame.value) } catch let error as MediaError {
            if error.isOutOfMemory { throw error }
            throw Refusal("cannot be decoded (\(error.reason))")
        }
        let raw = frame.value.raw.pointee
        // What was decoded is no larger than what was promised: a header may lie.
        guard Int(raw.width) * Int(raw.height) <= mostPixels, raw.width > 0, raw.height > 0 else {
            throw Refusal("is not what its header says")
        }
        let orientation = orientation(of: frame.value)
        let turned = orientation.swapsSides ? (Int(raw.height), Int(raw.width)) : (Int(raw.width), Int(raw.height))
        let scale = min(1, max(Double(size.width) / Double(turned.0), Double(size.height) / Double(turned.1)))
        let width = max(2, Int((Double(turned.0) * scale).rounded()))
        let height = max(2, Int((Double(turned.1) * scale).rounded()))
        return try planes(frame.value, orientation, width: width, height: height)
    }

    private static func decode(_ bytes: [UInt8], _ header: PictureHeader, into frame: borrowing Frame) throws {
        let identifier: AVCodecID =
            switch header.kind {
            case .jpeg: AV_CODEC_ID_MJPEG
            case .png: AV_CODEC_ID_PNG
            case .webp: AV_CODEC_ID_WEBP
            }
        av_log_set_level(AV_LOG_QUIET)
        guard let codec = avcodec_find_decoder(identifier), let context = avcodec_alloc_context3(codec) else {
            throw MediaError.outOfMemory("decode", "a picture")
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        context.pointee.thread_count = 1
        context.pointee.max_pixels = Int64(mostPixels)
        try check(avcodec_open2(context, codec, nil), "decode", "a picture")
        let packet = try Packet()
        try packet.fill(with: bytes, flags: AV_PKT_FLAG_KEY)
        try check(avcodec_send_packet(context, packet.raw), "decode", "a picture")
        // Some decoders give their one picture only when nothing follows.
        var result = avcodec_receive_frame(context, frame.raw)
        if result == moments_averror_again {
            _ = avcodec_send_packet(context, nil)
            result = avcodec_receive_frame(context, frame.raw)
        }
        try check(result, "decode", "a picture")
    }

    private static func orientation(of frame: borrowing Frame) -> Orientation {
        guard let data = av_frame_get_side_data(frame.raw, AV_FRAME_DATA_DISPLAYMATRIX)?.pointee,
            data.size >= 9 * MemoryLayout<Int32>.size
        else { return .upright }
        return data.data.withMemoryRebound(to: Int32.self, capacity: 9) { Orientation(matrix: $0) }
    }

    private static func planes(
        _ frame: borrowing Frame,
        _ orientation: Orientation,
        width: Int,
        height: Int
    ) throws -> PicturePlanes {
        let form = FrameFormat(frame.raw.pointee)
        var steps: [String] = []
        if form.hasAlpha { steps.append("format=gbrap,premultiply=inplace=1") }
        let coded = orientation.swapsSides ? (height, width) : (width, height)
        let matrix =
            form.isRGB || form.hasAlpha ? "" : ":in_color_matrix=bt601:in_range=\(form.isFullRange ? "pc" : "tv")"
        steps.append(
            "scale=\(coded.0):\(coded.1):flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp\(matrix)"
                + ":out_color_matrix=bt709:out_range=tv"
        )
        steps.append("format=yuv444p")
        if orientation.isMirrored { steps.append("hflip") }
        switch orientation.rotation {
        case 90: steps.append("transpose=clock")
        case 180: steps += ["hflip", "vflip"]
        case 270: steps.append("transpose=cclock")
        default: break
        }
        let graph = try FilterGraph(
            .video,
            form: "video_size=\(form.width)x\(form.height):pix_fmt=\(form.format):time_base=1/25:pixel_aspect=1/1",
            chain: steps.joined(separator: ",")
        )
        try graph.push(frame)
        try graph.finish()
        let output = try FrameBox()
        guard try graph.pull(into: output.value) else { throw MediaError.outOfMemory("convert", "a picture") }
        let raw = output.value.raw.pointee
        let parts = [(raw.data.0, raw.linesize.0), (raw.data.1, raw.linesize.1), (raw.data.2, raw.linesize.2)]
        let planes = parts.map { data, stride -> [UInt8] in
            [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
                guard let data, let target = buffer.baseAddress else { return }
                for row in 0..<height {
                    (target + row * width).initialize(from: data + row * Int(stride), count: width)
                }
                count = width * height
            }
        }
        return PicturePlanes(width: width, height: height, planes: planes)
    }
}
