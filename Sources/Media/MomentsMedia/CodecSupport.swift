internal import CLibAV

/// What this machine's libavcodec can read and write of what reels are made of.
public enum CodecSupport {
    private static let encoders = ["libx264", "libx265", "aac", "mjpeg", "libwebp_anim"]
    private static let decoders = [
        "h264", "hevc", "mpeg4", "mpeg2video", "vp8", "vp9", "mjpeg", "prores", "dvvideo", "wmv3", "aac", "ac3", "eac3",
        "mp3", "opus", "vorbis", "flac", "pcm_s16le", "alac",
    ]

    /// A line for each codec, such as "encoder libx264", or "missing decoder vp9".
    public static var lines: [String] {
        let names: [String] = ["libdav1d", "libaom-av1", "av1"]
        let av1 = names.contains { avcodec_find_decoder_by_name($0) != nil }
        return encoders.map { line("encoder \($0)", avcodec_find_encoder_by_name($0) != nil) }
            + decoders.map { line("decoder \($0)", avcodec_find_decoder_by_name($0) != nil) }
            + [line("decoder av1", av1)]
    }

    private static func line(_ codec: String, _ isThere: Bool) -> String { isThere ? codec : "missing " + codec }
}
