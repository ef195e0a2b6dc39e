internal import CLibAV
internal import MomentsCore

/// How a coded frame becomes the one people see: progressive, right way up, square pixels, ordinary colours.
public struct FramePreparation: Hashable, Sendable {
    /// What the frame is for, which decides its values.
    public enum Purpose: Hashable, Sendable {
        /// A video: 8-bit YUV 4:2:0 of limited range in the matrix named ("bt709" or "bt601").
        case video(matrix: String)
        /// An HDR video: 10-bit YUV 4:2:0 of limited range in the matrix of BT.2020, brightness coded as it is.
        case wideVideo
        /// A JPEG: full range, BT.601 matrix (JFIF).
        case still
    }

    /// Width as shown, in pixels; even.
    public let width: Int
    /// Height as shown, in pixels; even.
    public let height: Int
    /// How coded frames are turned.
    public let orientation: Orientation
    /// What the frame is for.
    public let purpose: Purpose
    /// Whether beside frames of another aspect they are shown again, larger, blurred and darker, instead of black.
    public var fillsSides = false

    /// Prepares frames for a size; both sides are rounded up to even numbers.
    ///
    /// Frames of another aspect are fitted in, with black beside them unless `fillsSides` says otherwise.
    public init(width: Int, height: Int, orientation: Orientation, purpose: Purpose) {
        self.width = (max(2, width) + 1) / 2 * 2
        self.height = (max(2, height) + 1) / 2 * 2
        self.orientation = orientation
        self.purpose = purpose
    }

    /// Prepares frames of a video for a box they are not to exceed; never enlarges, keeps the aspect.
    ///
    /// - Parameters:
    ///   - format: The video's frames.
    ///   - width: The box's width in pixels; nil leaves it free.
    ///   - height: The box's height in pixels; nil leaves it free.
    ///   - purpose: What the frames are for.
    public init(of format: VideoFormat, width: Int? = nil, height: Int? = nil, purpose: Purpose) {
        let shown = format.displaySize
        let (across, down) = (Double(shown.width), Double(shown.height))
        let scale = min(1, width.map { Double($0) / across } ?? 1, height.map { Double($0) / down } ?? 1)
        self.init(
            width: max(2, Int((across * scale).rounded())),
            height: max(2, Int((down * scale).rounded())),
            orientation: format.orientation,
            purpose: purpose
        )
    }

    /// libavfilter's chain for frames of a form; for some the tone mapper follows.
    package func chain(for form: FrameFormat, isInterlaced: Bool) -> String {
        let fitted = fittedSize(of: form)
        let coded = orientation.swapsSides ? (fitted.height, fitted.width) : (fitted.width, fitted.height)
        var steps: [String] = []
        if isInterlaced { steps.append("bwdif=mode=send_frame:deint=interlaced") }
        if form.hasAlpha { steps.append(form.isRGB ? "format=gbrap,premultiply=inplace=1" : Self.opaque) }
        let staysWide = isWide(form) || purpose == .wideVideo
        steps += staysWide ? wideColor(form, coded) : ordinaryColor(form, coded)
        steps += turn
        if fitted != (width, height) { steps.append(fillsSides ? sides(isWide: staysWide) : pad) }
        steps.append("setsar=1")
        return steps.joined(separator: ",")
    }

    private var pad: String { "pad=\(width):\(height):(ow-iw)/2:(oh-ih)/2:black" }

    private func sides(isWide: Bool) -> String {
        Self.sides(
            width,
            height,
            overlay: isWide ? "yuv420p10" : "yuv420",
            format: isWide ? "yuv420p10le" : pixelFormat
        )
    }

    /// Lays a frame over itself, cut to a whole size, blurred and darker.
    ///
    /// - Parameters:
    ///   - width: The whole width.
    ///   - height: The whole height.
    ///   - overlay: libavfilter's name for what pictures are laid over each other in.
    ///   - format: The pixel format, before and behind.
    /// - Returns: A part of a chain.
    static func sides(_ width: Int, _ height: Int, overlay: String, format: String) -> String {
        // An eighth of the size is blurred: as smooth, and nearly for nothing.
        func small(_ length: Int) -> Int { max(4, length / 16 * 2) }
        let (across, down) = (small(width), small(height))
        return "split[front][back];[back]scale=\(across):\(down):force_original_aspect_ratio=increase:flags=area"
            + ",crop=\(across):\(down),gblur=sigma=\(max(1, min(across, down) / 12))"
            + ",lutyuv=y=minval+(val-minval)*0.55,scale=\(width):\(height):flags=bicubic[wall]"
            + ";[wall][front]overlay=(W-w)/2:(H-h)/2:format=\(overlay),format=\(format)"
    }

    private static let opaque = "format=yuva444p,premultiply=inplace=1"

    /// The size a frame of this form is shown at inside ours.
    private func fittedSize(of form: FrameFormat) -> (width: Int, height: Int) {
        let segment = Double(form.ratio.num) / Double(form.ratio.den)
        let usable = (0.05...20).contains(segment) ? segment : 1
        var (across, down) = (Double(form.width) * usable, Double(form.height))
        if orientation.swapsSides { (across, down) = (down, across) }
        let scale = min(Double(width) / across, Double(height) / down)
        func even(_ length: Double, _ limit: Int) -> Int {
            // A difference of a pixel or two is rounding, not another aspect.
            Double(limit) - length < 3 ? limit : max(2, Int((length / 2).rounded()) * 2)
        }
        return (even(across * scale, width), even(down * scale, height))
    }

    private var turn: [String] {
        var steps = orientation.isMirrored ? ["hflip"] : []
        switch orientation.rotation {
        case 90: steps.append("transpose=clock")
        case 180: steps += ["hflip", "vflip"]
        case 270: steps.append("transpose=cclock")
        default: break
        }
        return steps
    }

    private func ordinaryColor(_ form: FrameFormat, _ size: (Int, Int)) -> [String] {
        if isReady(form, size) { return [] }
        let from = form.isRGB ? "" : ":in_color_matrix=\(form.likelyMatrix):in_range=\(form.isFullRange ? "pc" : "tv")"
        return ["scale=\(size.0):\(size.1):flags=bicubic+accurate_rnd\(from)\(target)", "format=\(pixelFormat)"]
    }

    /// Whether a frame has the size, the format and the values wanted as it is.
    private func isReady(_ form: FrameFormat, _ size: (Int, Int)) -> Bool {
        guard case .video(let matrix) = purpose, form.likelyMatrix == matrix, !form.isFullRange else { return false }
        return form.pixelFormat == pixelFormat && (Int(form.width), Int(form.height)) == size
    }

    /// What the tone mapper takes, or an HDR video: the size wanted, 10 bits, still BT.2020.
    private func wideColor(_ form: FrameFormat, _ size: (Int, Int)) -> [String] {
        let isFit = (Int(form.width), Int(form.height)) == size && form.pixelFormat == "yuv420p10le"
        let matrix = purpose == .wideVideo ? form.likelyMatrix : "bt2020"
        if isFit, !form.isFullRange, matrix == "bt2020" { return [] }
        let from = form.isRGB ? "" : ":in_color_matrix=\(matrix):in_range=\(form.isFullRange ? "pc" : "tv")"
        let scale = "scale=\(size.0):\(size.1):flags=bicubic+accurate_rnd\(from):out_color_matrix=bt2020:out_range=tv"
        return [scale, "format=yuv420p10le"]
    }

    /// The table frames of a form go through at the end; nil for ordinary colours.
    package func toneTable(for form: FrameFormat) -> ToneTable.Key? {
        guard isWide(form) else { return nil }
        return switch purpose {
        case .video(let matrix): ToneTable.Key(curve: ToneCurve(form), matrix: matrix, isFullRange: false)
        case .wideVideo: nil
        case .still: ToneTable.Key(curve: ToneCurve(form), matrix: "bt601", isFullRange: true)
        }
    }

    private func isWide(_ form: FrameFormat) -> Bool { form.isHDR || form.likelyMatrix == "bt2020" }

    private var target: String {
        switch purpose {
        case .video(let matrix): ":out_color_matrix=\(matrix):out_range=tv"
        case .wideVideo: ":out_color_matrix=bt2020:out_range=tv"
        case .still: ":out_color_matrix=bt601:out_range=pc"
        }
    }

    /// The matrix colours have at the end.
    package var matrix: String {
        switch purpose {
        case .video(let matrix): matrix
        case .wideVideo: "bt2020"
        case .still: "bt601"
        }
    }

    /// The format frames have at the end.
    package var pixelFormat: String {
        switch purpose {
        case .video: "yuv420p"
        case .wideVideo: "yuv420p10le"
        case .still: "yuvj420p"
        }
    }
}

extension VideoFormat {
    /// The matrix a reel of these frames is kept in: their own where players know it, else BT.709.
    public var reelMatrix: String {
        if isHDR || matrix.hasPrefix("bt2020") || matrix == "gbr" || matrix == "bt709" { return "bt709" }
        if matrix == "smpte170m" || matrix == "bt470bg" { return "bt601" }
        return width >= 1280 || height >= 720 || pixelFormat.contains("rgb") || pixelFormat.contains("bgr")
            ? "bt709" : "bt601"
    }
}
