internal import CLibAV
public import MomentsMedia

/// How the values of a video's small pictures are meant.
public struct FrameColors: Hashable, Sendable {
    private let primaries: String
    private let transfer: String
    private let matrix: String

    init(primaries: String, transfer: String, matrix: String) {
        (self.primaries, self.transfer, self.matrix) = (primaries, transfer, matrix)
    }

    /// What a video's headers say, or what players assume where they do not.
    ///
    /// - Parameter format: The video's frames, which the pictures are smaller than.
    public init(_ format: VideoFormat) {
        (primaries, transfer) = (format.primaries, format.transfer)
        // What has no differences of colour of its own was turned into YUV by libswscale's default.
        let isConverted = ["rgb", "bgr", "gbr", "pal8", "gray", "mono"].contains { format.pixelFormat.contains($0) }
        if isConverted || format.matrix == "gbr" {
            matrix = "smpte170m"
        } else if format.matrix == "unknown" {
            let isLarge = format.height >= 720 || format.width >= 1280
            matrix = format.isHDR ? "bt2020nc" : isLarge ? "bt709" : "smpte170m"
        } else {
            matrix = format.matrix
        }
    }

    /// The brightness of white paper: 203 cd/m² in HDR (ITU-R BT.2408), full in ordinary pictures.
    public var white: UInt8 {
        switch transfer {
        case "smpte2084": 148
        case "arib-std-b67": 191
        default: 235
        }
    }

    /// A frame that holds a picture and tells of its colours.
    func frame(of picture: StillImage) throws -> Frame {
        let frame = try Frame()
        let raw = frame.raw
        raw.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        (raw.pointee.width, raw.pointee.height) = (CInt(picture.width), CInt(picture.height))
        raw.pointee.color_range = AVCOL_RANGE_MPEG
        raw.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        raw.pointee.color_primaries = AVColorPrimaries(UInt32(max(2, av_color_primaries_from_name(primaries))))
        raw.pointee.color_trc = AVColorTransferCharacteristic(UInt32(max(2, av_color_transfer_from_name(transfer))))
        raw.pointee.colorspace = AVColorSpace(UInt32(max(1, av_color_space_from_name(matrix))))
        try check(av_frame_get_buffer(raw, 0), "prepare", "a picture")
        let (data, strides) = (raw.pointee.data, raw.pointee.linesize)
        Self.copy(picture.luma, picture.width, picture.height, data.0, Int(strides.0))
        Self.copy(picture.cb, picture.width / 2, picture.height / 2, data.1, Int(strides.1))
        Self.copy(picture.cr, picture.width / 2, picture.height / 2, data.2, Int(strides.2))
        return frame
    }

    private static func copy(
        _ plane: [UInt8],
        _ width: Int,
        _ height: Int,
        _ target: UnsafeMutablePointer<UInt8>?,
        _ stride: Int
    ) {
        guard let target else { return }
        plane.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            for row in 0..<height { (target + row * stride).update(from: start + row * width, count: width) }
        }
    }
}
