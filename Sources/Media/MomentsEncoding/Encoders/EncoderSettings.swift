internal import CLibAV
internal import MomentsCore

/// How frames are encoded.
struct EncoderSettings {
    /// libavcodec's name of the encoder, such as "libx264".
    let encoder: String
    let width: Int
    let height: Int
    let pixelFormat: AVPixelFormat
    let colors: ColorTags
    /// A pixel's width by its height.
    let pixelAspect: Rational
    /// Seconds per tick of the clock.
    let base: Rational
    /// About how many frames come a second; for rate control only.
    let frameRate: Rational
    /// The encoder's own options, such as the preset and the constant rate factor.
    let options: [String: String]
    /// The level to be kept, as libavcodec counts it; 0 lets the encoder choose.
    let level: CInt
    let threads: Int
    /// How many frames may be coded before one that is shown earlier.
    var delay = 0

    /// The colours of frames, as headers tag them.
    struct ColorTags {
        let range: AVColorRange
        let matrix: AVColorSpace
        let primaries: AVColorPrimaries
        let transfer: AVColorTransferCharacteristic
        let chroma: AVChromaLocation
    }

    /// Settings for a whole reel: H.264, 8-bit YUV 4:2:0 of limited range, square pixels.
    ///
    /// The matrix is "bt709" or "bt601", the rate factor x264's constant one from 0 (lossless) to 51, the preset one of
    /// x264's, such as "veryfast".
    static func reel(
        width: Int,
        height: Int,
        base: Rational,
        frameRate: Rational,
        matrix: String,
        rateFactor: Double,
        preset: String
    ) -> EncoderSettings {
        var options = ["preset": preset, "crf": "\(rateFactor)"]
        let frugality = frugality(width: width, height: height)
        options["x264-params"] = frugality
        let isHD = matrix == "bt709"
        return EncoderSettings(
            encoder: "libx264",
            width: width,
            height: height,
            pixelFormat: AV_PIX_FMT_YUV420P,
            colors: ColorTags(
                range: AVCOL_RANGE_MPEG,
                matrix: isHD ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M,
                primaries: isHD ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M,
                transfer: isHD ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M,
                chroma: AVCHROMA_LOC_LEFT
            ),
            pixelAspect: Rational(1, 1),
            base: base,
            frameRate: frameRate,
            options: options,
            level: 0,
            threads: 2,
            delay: frugality?.contains("bframes=0") == true ? 0 : pyramid
        )
    }

    /// Frames between others are themselves referred to, at most.
    private static let pyramid = 2

    /// Settings for a whole HDR reel: H.265, 10-bit YUV 4:2:0 of limited range, square pixels.
    ///
    /// The colours are the source's, by libav's names, the rate factor is on x264's scale, the light for the headers.
    static func wideReel(
        width: Int,
        height: Int,
        base: Rational,
        frameRate: Rational,
        transfer: String,
        primaries: String,
        light: MasteringLight?,
        rateFactor: Double
    ) -> EncoderSettings {
        // x265 needs a coarser factor for the same look.
        var options = ["preset": "superfast", "crf": "\(rateFactor + 2)"]
        let foresight = width * height > 4_500_000 ? "bframes=0:rc-lookahead=1:ref=1" : "bframes=3:rc-lookahead=8:ref=1"
        options["x265-params"] =
            "log-level=none:info=0:open-gop=0:aq-mode=1:frame-threads=1:\(foresight)" + (light?.parameters ?? "")
        let named = av_color_primaries_from_name(primaries)
        return EncoderSettings(
            encoder: "libx265",
            width: width,
            height: height,
            pixelFormat: AV_PIX_FMT_YUV420P10LE,
            colors: ColorTags(
                range: AVCOL_RANGE_MPEG,
                matrix: AVCOL_SPC_BT2020_NCL,
                primaries: named > 2 ? AVColorPrimaries(UInt32(named)) : AVCOL_PRI_BT2020,
                transfer: transfer == "arib-std-b67" ? AVCOL_TRC_ARIB_STD_B67 : AVCOL_TRC_SMPTE2084,
                chroma: AVCHROMA_LOC_LEFT
            ),
            pixelAspect: Rational(1, 1),
            base: base,
            frameRate: frameRate,
            options: options,
            level: 0,
            threads: 2,
            delay: foresight.contains("bframes=0") ? 0 : pyramid
        )
    }

    /// How x264 holds fewer frames at once; each takes some 4 bytes a pixel, and the preset's forty some 700 MB at 4K.
    private static func frugality(width: Int, height: Int) -> String? {
        switch width * height {
        case ...1_000_000: sameEverywhere
        // Slices instead of whole frames for its threads; measured, files grow by a few hundredths at most.
        case ...4_500_000: "rc-lookahead=3:sync-lookahead=0:bframes=2:ref=1:sliced-threads=1"
        // Without B-frames and foresight a file grows by a fifth or so; with them memory does by half.
        default: "rc-lookahead=0:sync-lookahead=0:mbtree=0:bframes=0:ref=1:sliced-threads=1"
        }
    }

    /// Keeps x264 from AVX-512, where the processor has it.
    ///
    /// With it x264's foresight reads memory that nothing was written to (0.164, up to 1 megapixel): reels of the same
    /// frames differ. What it does with AVX2 is the same as without either.
    private static var sameEverywhere: String? {
        av_get_cpu_flags() & AV_CPU_FLAG_AVX512 == 0 ? nil : "asm=avx2,bmi2,fma3"
    }
}
