package import CLibAV
internal import MomentsCore

/// One decoded frame or block of audio; reused for every one decoded.
public struct Frame: ~Copyable {
    package let raw: UnsafeMutablePointer<AVFrame>

    /// Makes an empty frame.
    public init() throws {
        guard let raw = av_frame_alloc() else { throw MediaError("make", "a frame", code: moments_averror(ENOMEM)) }
        self.raw = raw
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFrame>? = raw
        av_frame_free(&raw)
    }

    /// Width in pixels; 0 for audio.
    public var width: Int { Int(raw.pointee.width) }

    /// Height in pixels; 0 for audio.
    public var height: Int { Int(raw.pointee.height) }

    /// Whether the two fields were taken at different moments.
    public var isInterlaced: Bool { raw.pointee.interlaced_frame != 0 }

    /// Whether the frame was coded without reference to another.
    public var isKeyframe: Bool { raw.pointee.key_frame != 0 }

    /// Whether the decoder had to invent parts of it.
    public var isDamaged: Bool { raw.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || raw.pointee.decode_error_flags != 0 }

    /// The decoder's best guess of when it is shown, on the stream's clock; nil where there is none.
    var timestamp: Int64? {
        if raw.pointee.best_effort_timestamp != moments_av_nopts { return raw.pointee.best_effort_timestamp }
        return raw.pointee.pts == moments_av_nopts ? nil : raw.pointee.pts
    }

    /// How long it is shown, in ticks of the stream's clock; 0 where unknown.
    var duration: Int64 { max(0, raw.pointee.pkt_duration) }
}
