internal import CLibAV
public import MomentsCore
internal import MomentsSystem

/// A picture that a stranger put beside his request: taken by content, within limits that are looked at before anything is
/// decoded.
public enum PictureFile {
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
    /// The most bytes it may take decoded.
    static let mostBytes = 4 * mostPixels

    /// Looks at a picture's header.
    ///
    /// - Parameter bytes: The file's content.
    /// - Returns: What it says of itself, within the limits.
    /// - Throws: `Refusal`.
    public static func header(of bytes: [UInt8]) throws(Refusal) -> PictureHeader {
        guard bytes.count <= largestFile else { throw Refusal("is larger than \(largestFile >> 20) MiB") }
        guard let header = PictureHeader(bytes) else { throw Refusal("is no JPEG, PNG, WebP or HEIF picture") }
        guard max(header.width, header.height) <= longestSide, header.width * header.height <= mostPixels else {
            throw Refusal(
                "has \(header.width) × \(header.height) pixels; at most \(longestSide) a side and "
                    + "\(mostPixels / 1_000_000) million in all are taken"
            )
        }
        // Of a few hundred kilobytes a picture of 16 bits a colour would take more memory than small machines give a worker.
        guard header.width * header.height * header.pixelBytes <= mostBytes else {
            throw Refusal(
                "has \(header.width) × \(header.height) pixels of \(header.pixelBytes) bytes; at most "
                    + "\(mostBytes / 1_000_000) MB are decoded: save it smaller, or with 8 bits a colour"
            )
        }
        return header
    }

    /// Reads a file's content, as far as it may be a picture's.
    ///
    /// - Parameter path: The file; an absolute path without links on the way.
    /// - Returns: The content.
    /// - Throws: `Refusal`.
    public static func content(of path: FilePath) throws(Refusal) -> [UInt8] {
        guard let place = path.relative(to: "/") else { throw Refusal("has no absolute path") }
        // A link anywhere on the way is refused: strangers may have put it there meanwhile.
        do { return try RootedDirectory("/").openRegular(place).read(largestFile + 1, at: 0, of: path) } catch {
            throw Refusal(error.isMissing ? "is not there" : "cannot be read (\(error.reason))")
        }
    }

    /// Decodes a picture within the limits.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - frame: What takes the picture, as it is coded.
    /// - Returns: How it is to be turned.
    /// - Throws: `Refusal` where it is none that is taken, or is damaged; `MediaError` where memory is short.
    static func decode(_ bytes: [UInt8], into frame: borrowing Frame) throws -> Orientation {
        let header = try header(of: bytes)
        do { try decode(bytes, header, into: frame) } catch let error as MediaError {
            if error.isOutOfMemory { throw error }
            throw Refusal("cannot be decoded (\(error.reason))")
        }
        let raw = frame.raw.pointee
        // A header may lie.
        guard Int(raw.width) * Int(raw.height) <= mostPixels, raw.width > 0, raw.height > 0 else {
            throw Refusal("is not what its header says")
        }
        return orientation(of: frame)
    }

    private static func decode(_ bytes: [UInt8], _ header: PictureHeader, into frame: borrowing Frame) throws {
        let identifier: AVCodecID =
            switch header.kind {
            case .jpeg: AV_CODEC_ID_MJPEG
            case .png: AV_CODEC_ID_PNG
            case .webp: AV_CODEC_ID_WEBP
            case .heif: AV_CODEC_ID_NONE
            }
        if header.kind == .heif { return try HEIFPicture(bytes).decode(into: frame) }
        av_log_set_level(AV_LOG_QUIET)
        guard let codec = avcodec_find_decoder(identifier), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("decode", "a picture", code: moments_averror(ENOMEM))
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
}
