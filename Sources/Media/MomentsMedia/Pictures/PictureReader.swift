internal import CLibAV

/// Decodes a stranger's picture to planes, as large as a shot needs it.
public enum PictureReader {
    /// Decodes a picture.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - size: What it is brought down to cover, in pixels; a smaller picture stays as it is.
    /// - Returns: The picture.
    /// - Throws: `PictureFile.Refusal` where it is none that is taken, or is damaged; `MediaError` where memory is short.
    public static func picture(_ bytes: [UInt8], covering size: (width: Int, height: Int)) throws -> PicturePlanes {
        let frame = try FrameBox()
        let orientation = try PictureFile.decode(bytes, into: frame.value)
        let raw = frame.value.raw.pointee
        let turned = orientation.swapsSides ? (Int(raw.height), Int(raw.width)) : (Int(raw.width), Int(raw.height))
        let scale = min(1, max(Double(size.width) / Double(turned.0), Double(size.height) / Double(turned.1)))
        let width = max(2, Int((Double(turned.0) * scale).rounded()))
        let height = max(2, Int((Double(turned.1) * scale).rounded()))
        return try planes(frame.value, orientation, width: width, height: height)
    }

    /// Decodes a picture and fits it into a size, with itself blurred beside it.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - size: The size; both sides are even.
    /// - Returns: A picture of that size.
    /// - Throws: As above.
    public static func picture(_ bytes: [UInt8], fittedInto size: (width: Int, height: Int)) throws -> PicturePlanes {
        let frame = try FrameBox()
        let orientation = try PictureFile.decode(bytes, into: frame.value)
        let raw = frame.value.raw.pointee
        let turned = orientation.swapsSides ? (Int(raw.height), Int(raw.width)) : (Int(raw.width), Int(raw.height))
        let scale = min(Double(size.width) / Double(turned.0), Double(size.height) / Double(turned.1))
        func even(_ side: Int, _ limit: Int) -> Int {
            min(limit, max(2, Int((Double(side) * scale / 2).rounded()) * 2))
        }
        return try planes(
            frame.value,
            orientation,
            width: even(turned.0, size.width),
            height: even(turned.1, size.height),
            inside: size
        )
    }

    /// What a picture tells of itself.
    public struct Facts: Hashable, Sendable {
        /// Width as shown, in pixels.
        public let width: Int
        /// Height as shown, in pixels.
        public let height: Int
        /// When it was taken, as its camera wrote it: "2026:07:12 10:30:00", by the clock there; nil where nothing tells.
        public let taken: String?
        /// How far that clock was ahead of UTC, as "+02:00"; nil where nothing tells.
        public let zone: String?
    }

    /// Decodes a picture and tells what it says of itself.
    ///
    /// - Parameter bytes: Its content.
    /// - Returns: What it tells.
    /// - Throws: As above.
    public static func facts(_ bytes: [UInt8]) throws -> Facts {
        let frame = try FrameBox()
        let orientation = try PictureFile.decode(bytes, into: frame.value)
        let raw = frame.value.raw.pointee
        func tag(_ names: String...) -> String? {
            names.lazy.compactMap { av_dict_get(raw.metadata, $0, nil, 0)?.pointee.value }.first.map {
                String(String(cString: $0).prefix(40))
            }
        }
        let (width, height) = (Int(raw.width), Int(raw.height))
        return Facts(
            width: orientation.swapsSides ? height : width,
            height: orientation.swapsSides ? width : height,
            taken: tag("DateTimeOriginal", "DateTimeDigitized", "DateTime"),
            zone: tag("OffsetTimeOriginal", "0x9011")
        )
    }

    private static func planes(
        _ frame: borrowing Frame,
        _ orientation: Orientation,
        width: Int,
        height: Int,
        inside whole: (width: Int, height: Int)? = nil
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
        if let whole, whole != (width, height) {
            steps.append(
                FramePreparation.sides(whole.width, whole.height, overlay: "yuv444", format: "yuv444p")
            )
        }
        let (width, height) = whole ?? (width, height)
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
