package import CLibAV

/// What decoded frames are like, as far as preparing them for showing depends on it.
package struct FrameFormat: Equatable {
    package let format: CInt
    package let width: CInt
    package let height: CInt
    package let ratio: AVRational
    package let transfer: AVColorTransferCharacteristic
    package let primaries: AVColorPrimaries
    package let matrix: AVColorSpace
    package let range: AVColorRange

    package init(_ frame: AVFrame) {
        format = frame.format
        width = frame.width
        height = frame.height
        let own = frame.sample_aspect_ratio
        ratio = own.num > 0 && own.den > 0 ? own : AVRational(num: 1, den: 1)
        transfer = frame.color_trc
        primaries = frame.color_primaries
        matrix = frame.colorspace
        range = frame.color_range
    }

    package static func == (a: FrameFormat, b: FrameFormat) -> Bool {
        (a.format, a.width, a.height, a.transfer, a.primaries) == (b.format, b.width, b.height, b.transfer, b.primaries)
            && (a.matrix, a.range) == (b.matrix, b.range) && av_cmp_q(a.ratio, b.ratio) == 0
    }

    /// Whether both have the same planes of the same size.
    package func hasSameShape(as other: FrameFormat) -> Bool {
        (format, width, height) == (other.format, other.width, other.height)
    }

    /// Whether its brightness is coded for HDR.
    package var isHDR: Bool { transfer == AVCOL_TRC_SMPTE2084 || transfer == AVCOL_TRC_ARIB_STD_B67 }

    /// What libavutil knows of the pixel format.
    private var description: AVPixFmtDescriptor? { av_pix_fmt_desc_get(AVPixelFormat(format))?.pointee }

    /// The pixel format's name, such as "yuv420p".
    package var pixelFormat: String { av_get_pix_fmt_name(AVPixelFormat(format)).map { String(cString: $0) } ?? "" }

    /// Whether the pixels carry transparency.
    package var hasAlpha: Bool { description.map { $0.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0 } ?? false }

    /// Whether the pixels are red, green and blue, or a palette of them.
    package var isRGB: Bool {
        description.map { $0.flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL) != 0 } ?? false
    }

    /// The matrix frames were most likely made with: the tag, else what players assume for the size.
    package var likelyMatrix: String {
        switch matrix {
        case AVCOL_SPC_BT709: "bt709"
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: "bt2020"
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: "bt601"
        case AVCOL_SPC_SMPTE240M: "smpte240m"
        case AVCOL_SPC_FCC: "fcc"
        default: isHDR ? "bt2020" : height >= 720 || width >= 1280 ? "bt709" : "bt601"
        }
    }

    /// Whether values use all of their range.
    package var isFullRange: Bool { range == AVCOL_RANGE_JPEG || isRGB }
}
