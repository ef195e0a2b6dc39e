internal import CLibAV

/// Takes packets of MPEG-4 apart into which two pictures were packed, as DivX did for AVI: each gets its own time.
///
/// Used on one thread.
final class PackedFrames {
    private var context: UnsafeMutablePointer<AVBSFContext>?

    /// Makes one for a stream; nil where its container or codec never packs.
    init?(_ stream: UnsafePointer<AVStream>, in container: String) {
        guard ["avi", "matroska,webm"].contains(container),
            stream.pointee.codecpar.pointee.codec_id == AV_CODEC_ID_MPEG4,
            let filter = av_bsf_get_by_name("mpeg4_unpack_bframes"), av_bsf_alloc(filter, &context) >= 0,
            let made = context
        else { return nil }
        made.pointee.time_base_in = stream.pointee.time_base
        guard avcodec_parameters_copy(made.pointee.par_in, stream.pointee.codecpar) >= 0, av_bsf_init(made) >= 0 else {
            av_bsf_free(&context)
            return nil
        }
    }

    deinit { av_bsf_free(&context) }

    /// Puts what one packet stands for into it; false where that is nothing, or damaged.
    func unpack(_ packet: borrowing Packet) -> Bool {
        // One that cannot be taken is left as it is.
        if packet.size == 0 || av_bsf_send_packet(context, packet.raw) < 0 { return packet.size > 0 }
        return av_bsf_receive_packet(context, packet.raw) >= 0
    }

    /// Forgets what is kept for the next packet: after a search.
    func restart() { av_bsf_flush(context) }
}
