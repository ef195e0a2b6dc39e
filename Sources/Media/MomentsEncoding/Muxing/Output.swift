internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// An MP4 file in the making: one stream of frames, at most one of audio, the index in front.
///
/// Used on one thread.
final class Output {
    private let subject: String
    private let context: UnsafeMutablePointer<AVFormatContext>
    private let videoBase: AVRational
    private let audioBase: AVRational

    init(
        _ path: FilePath,
        video: VideoTrack,
        audio: AudioEncoder?,
        tags: [String: String],
        chapters: [ReelChapter]
    ) throws {
        subject = "'\(path.display)'"
        videoBase = video.base.raw
        audioBase = audio?.context.pointee.time_base ?? AVRational(num: 1, den: 1)
        context = try Self.open(path, video, audio?.context, tags, chapters)
    }

    deinit {
        avio_closep(&context.pointee.pb)
        avformat_free_context(context)
    }

    private static func open(
        _ path: FilePath,
        _ video: VideoTrack,
        _ audio: UnsafeMutablePointer<AVCodecContext>?,
        _ tags: [String: String],
        _ chapters: [ReelChapter]
    ) throws -> UnsafeMutablePointer<AVFormatContext> {
        let subject = "'\(path.display)'"
        // The prefix keeps a colon in a folder's name from being taken for a protocol.
        let url = Array("file:".utf8) + path.bytes + [0]
        var context: UnsafeMutablePointer<AVFormatContext>?
        var result = url.withUnsafeBytes { bytes in
            avformat_alloc_output_context2(
                &context,
                nil,
                "mp4",
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            )
        }
        guard let opened = context else { throw MediaError("write", subject, code: result) }
        if result >= 0 { result = add(video, to: opened) }
        if result >= 0, let audio {
            let stream = avformat_new_stream(opened, nil)
            stream?.pointee.time_base = audio.pointee.time_base
            result =
                stream.map { avcodec_parameters_from_context($0.pointee.codecpar, audio) } ?? moments_averror(ENOMEM)
        }
        for (key, value) in tags { av_dict_set(&opened.pointee.metadata, key, value, 0) }
        if result >= 0 { result = add(chapters, to: opened) }
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        // Keys of cameras (maker, model, place) have no place among the classic tags of MP4.
        av_dict_set(&options, "movflags", "+faststart+use_metadata_tags", 0)
        av_dict_set(&options, "video_track_timescale", "\(video.base.denominator)", 0)
        if result >= 0 { result = avio_open(&opened.pointee.pb, opened.pointee.url, AVIO_FLAG_WRITE) }
        if result >= 0 { result = avformat_write_header(opened, &options) }
        if result < 0 {
            avio_closep(&opened.pointee.pb)
            avformat_free_context(opened)
            throw MediaError("write", subject, code: result)
        }
        return opened
    }

    /// libavformat frees what it is given here together with the file.
    private static func add(_ chapters: [ReelChapter], to context: UnsafeMutablePointer<AVFormatContext>) -> CInt {
        let milliseconds = Rational(1, 1000)
        for (number, chapter) in chapters.enumerated() {
            guard let place = av_mallocz(MemoryLayout<AVChapter>.size) else { return moments_averror(ENOMEM) }
            let made = place.bindMemory(to: AVChapter.self, capacity: 1)
            made.pointee.id = Int64(number)
            made.pointee.time_base = milliseconds.raw
            made.pointee.start = chapter.start.timestamp(in: milliseconds)
            made.pointee.end = chapter.end.timestamp(in: milliseconds)
            av_dict_set(&made.pointee.metadata, "title", chapter.title, 0)
            let result = withUnsafeMutablePointer(to: &context.pointee.chapters) { list in
                av_dynarray_add_nofree(list, &context.pointee.nb_chapters, made)
            }
            if result < 0 { return result }
        }
        return 0
    }

    private static func add(_ video: VideoTrack, to context: UnsafeMutablePointer<AVFormatContext>) -> CInt {
        guard let stream = avformat_new_stream(context, nil) else { return moments_averror(ENOMEM) }
        stream.pointee.time_base = video.base.raw
        stream.pointee.avg_frame_rate = video.frameRate.raw
        stream.pointee.sample_aspect_ratio = video.parameters.pointee.sample_aspect_ratio
        for (kind, bytes) in video.sideData {
            guard let place = av_stream_new_side_data(stream, kind, bytes.count) else { return moments_averror(ENOMEM) }
            place.update(from: bytes, count: bytes.count)
        }
        return avcodec_parameters_copy(stream.pointee.codecpar, video.parameters)
    }

    /// Writes a packet with times on its encoder's clock; the packet is empty afterwards.
    func write(_ packet: borrowing Packet, isVideo: Bool) throws {
        let index = isVideo ? 0 : 1
        guard let stream = context.pointee.streams[index] else { return }
        packet.raw.pointee.stream_index = CInt(index)
        av_packet_rescale_ts(packet.raw, isVideo ? videoBase : audioBase, stream.pointee.time_base)
        try check(av_interleaved_write_frame(context, packet.raw), "write", subject)
        // A full disk is noticed by the buffer below, sometimes only later.
        if let failure = context.pointee.pb?.pointee.error, failure < 0 {
            throw MediaError("write", subject, code: failure)
        }
    }

    /// Writes the index and moves it to the front.
    func finish() throws {
        try check(av_write_trailer(context), "write", subject)
        let failure = context.pointee.pb?.pointee.error ?? 0
        try check(min(0, failure), "write", subject)
        try check(avio_closep(&context.pointee.pb), "write", subject)
    }
}
