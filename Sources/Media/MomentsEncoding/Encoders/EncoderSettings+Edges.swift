internal import CLibAV
internal import MomentsCore

extension EncoderSettings {
    /// Settings for frames that stand between copied ones: the source's own codec, profile, level, format and colours.
    ///
    /// Every frame comes out at once, in the order it went in, so that one encoder serves all edges of a reel.
    ///
    /// - Parameters:
    ///   - parameters: The source's headers.
    ///   - light: What they say of an HDR master's light, in x265's words; empty for nothing.
    ///   - pixelAspect: A pixel's width by its height.
    ///   - number: A number for the parameter sets that the source does not use.
    ///   - base: Seconds per tick of the clock.
    ///   - frameRate: About how many frames come a second.
    /// - Returns: The settings; nil where no encoder here gives what the source has.
    static func edges(
        of parameters: AVCodecParameters,
        light: String,
        pixelAspect: Rational,
        number: UInt32,
        base: Rational,
        frameRate: Rational
    ) -> EncoderSettings? {
        guard let (encoder, options) = encoder(of: parameters, light: light, number: number) else { return nil }
        let format = AVPixelFormat(parameters.format)
        guard supports(encoder, format) else { return nil }
        return EncoderSettings(
            encoder: encoder,
            width: Int(parameters.width),
            height: Int(parameters.height),
            pixelFormat: format,
            colors: ColorTags(
                range: parameters.color_range,
                matrix: parameters.color_space,
                primaries: parameters.color_primaries,
                transfer: parameters.color_trc,
                chroma: parameters.chroma_location
            ),
            pixelAspect: pixelAspect,
            base: base,
            frameRate: frameRate,
            options: options,
            level: parameters.codec_id == AV_CODEC_ID_H264 ? max(0, parameters.level) : 0,
            threads: 2
        )
    }

    /// The encoder of a source's codec, with the options that keep its edges close to what stands between them.
    private static func encoder(
        of parameters: AVCodecParameters,
        light: String,
        number: UInt32
    ) -> (name: String, options: [String: String])? {
        switch parameters.codec_id {
        case AV_CODEC_ID_H264:
            guard let profile = h264Profiles[parameters.profile] else { return nil }
            // The quickest preset would fall back to the simplest profile. Where another tool keeps the profile, frames
            // are written by CAVLC: measured at 1080p, a third less work to encode, half to decode, a tenth more bytes.
            let tools = profile == "baseline" ? "" : profile == "main" ? ":cabac=1" : ":8x8dct=1"
            return (
                "libx264",
                [
                    "preset": "ultrafast", "crf": "17", "profile": profile,
                    "x264-params": "sps-id=\(number):\(instant):deblock=0,0" + tools,
                ]
            )
        case AV_CODEC_ID_HEVC:
            let intra = Int(parameters.width) * Int(parameters.height) > largest ? ":keyint=1:ref=1" : ""
            return ("libx265", ["preset": "ultrafast", "crf": "16", "x265-params": instantly + intra + light])
        case AV_CODEC_ID_VP9:
            // Without foresight it smears what changes at once, such as another encoder's keyframe: each stands alone.
            return (
                "libvpx-vp9",
                [
                    "deadline": "good", "cpu-used": "5", "crf": "14", "b": "0", "lag-in-frames": "0",
                    "auto-alt-ref": "0", "row-mt": "1", "g": "1",
                ]
            )
        case AV_CODEC_ID_AV1:
            return (
                "libaom-av1",
                ["usage": "realtime", "cpu-used": "7", "crf": "16", "b": "0", "lag-in-frames": "0", "row-mt": "1"]
            )
        default: return nil
        }
    }

    /// How x264 gives out each frame before it takes the next; a variable rate makes it wait for the next one's time.
    private static let instant =
        "rc-lookahead=0:sync-lookahead=0:mbtree=0:bframes=0:sliced-threads=1:force-cfr=1"

    /// The same for x265.
    private static let instantly =
        "log-level=none:info=0:bframes=0:rc-lookahead=0:scenecut=0:cutree=0:b-adapt=0:open-gop=0:frame-threads=1:pools=none"

    /// With reference frames x265 takes 360 MB at 4K, twice as much as without; beyond so many pixels none are used.
    private static let largest = 4_500_000

    /// x264's names of the profiles it can keep to.
    private static let h264Profiles: [CInt: String] = [
        FF_PROFILE_H264_BASELINE: "baseline", FF_PROFILE_H264_CONSTRAINED_BASELINE: "baseline",
        FF_PROFILE_H264_MAIN: "main", FF_PROFILE_H264_HIGH: "high", FF_PROFILE_H264_HIGH_10: "high10",
        FF_PROFILE_H264_HIGH_10_INTRA: "high10", FF_PROFILE_H264_HIGH_422: "high422",
        FF_PROFILE_H264_HIGH_422_INTRA: "high422", FF_PROFILE_H264_HIGH_444_PREDICTIVE: "high444",
    ]

    private static func supports(_ encoder: String, _ format: AVPixelFormat) -> Bool {
        guard let codec = avcodec_find_encoder_by_name(encoder), var next = codec.pointee.pix_fmts else { return false }
        while next.pointee != AV_PIX_FMT_NONE {
            if next.pointee == format { return true }
            next += 1
        }
        return false
    }
}
