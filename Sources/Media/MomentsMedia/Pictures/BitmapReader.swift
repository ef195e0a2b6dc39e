internal import CLibAV
public import MomentsCore

/// Reads a stranger's picture as red, green, blue and opacity.
public enum BitmapReader {
    /// Reads a picture.
    ///
    /// - Parameters:
    ///   - path: The file; an absolute path without links on the way.
    ///   - side: What the longer side is brought down to, in pixels; a smaller picture stays as it is.
    /// - Returns: The picture, upright.
    /// - Throws: `PictureFile.Refusal` where it is none that is taken, or is damaged; `MediaError` where memory is short.
    public static func read(_ path: FilePath, longSide side: Int) throws -> Bitmap {
        let frame = try FrameBox()
        let orientation = try PictureFile.decode(PictureFile.content(of: path), into: frame.value)
        return try bitmap(frame.value, orientation, side)
    }

    /// Makes a decoded picture smaller where it must be, and takes its pixels.
    private static func bitmap(_ frame: borrowing Frame, _ orientation: Orientation, _ side: Int) throws -> Bitmap {
        let form = FrameFormat(frame.raw.pointee)
        let scale = min(1, Double(side) / Double(max(form.width, form.height)))
        let width = max(1, Int((Double(form.width) * scale).rounded()))
        let height = max(1, Int((Double(form.height) * scale).rounded()))
        // A colour that is not seen must not tint its neighbours.
        var steps = form.hasAlpha ? ["format=gbrap,premultiply=inplace=1"] : []
        let range = form.isFullRange || form.pixelFormat.hasPrefix("yuvj") ? "pc" : "tv"
        let matrix = form.isRGB || form.hasAlpha ? "" : ":in_color_matrix=bt601:in_range=\(range)"
        steps.append("scale=\(width):\(height):flags=lanczos+accurate_rnd+full_chroma_int\(matrix)")
        steps.append("format=rgba")
        let graph = try FilterGraph(
            .video,
            form: "video_size=\(form.width)x\(form.height):pix_fmt=\(form.format):time_base=1/25:pixel_aspect=1/1",
            chain: steps.joined(separator: ",")
        )
        frame.raw.pointee.pts = 0
        try graph.push(frame)
        try graph.finish()
        let output = try FrameBox()
        guard try graph.pull(into: output.value), let start = output.value.raw.pointee.data.0 else {
            throw MediaError("convert", "a picture", code: moments_averror(ENOMEM))
        }
        let stride = Int(output.value.raw.pointee.linesize.0)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * Bitmap.channels)
        for row in 0..<height {
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: start + row * stride, count: width * Bitmap.channels)
            )
        }
        let bitmap = Bitmap(width: width, height: height, bytes: bytes)
        return (orientation.isMirrored ? bitmap.mirrored() : bitmap).turned(quarters: orientation.rotation / 90)
    }
}
