internal import CLibAV
internal import Glibc

/// What the streams of a file are like, kept so that opening it again need not look into their packets.
///
/// A job opens its file a dozen times; guessing how far frames are reordered takes twice as long as reading the
/// headers.
// Unchecked: the copies are written in `init`, before anybody else knows of them, and only read until `deinit`.
package final class StreamParameters: @unchecked Sendable {
    private let streams: [UnsafeMutablePointer<AVCodecParameters>?]

    /// Keeps what is known of an open file; nil where headers alone do not tell what its packets are.
    init?(_ context: UnsafePointer<AVFormatContext>) {
        let name = context.pointee.iformat.pointee.name.map { String(cString: $0) } ?? ""
        guard name.hasPrefix("mov,") else { return nil }
        streams = (0..<Int(context.pointee.nb_streams)).map { index in
            let copy = avcodec_parameters_alloc()
            guard let copy, let own = context.pointee.streams[index]?.pointee.codecpar else { return copy }
            avcodec_parameters_copy(copy, own)
            return copy
        }
    }

    deinit {
        for stream in streams {
            var stream = stream
            avcodec_parameters_free(&stream)
        }
    }

    /// Gives the same file, newly opened, what is known of it.
    ///
    /// - Returns: Whether it is the same file, as far as its headers tell.
    func apply(to context: UnsafeMutablePointer<AVFormatContext>) -> Bool {
        guard Int(context.pointee.nb_streams) == streams.count else { return false }
        let pairs = streams.indices.map { (context.pointee.streams[$0]?.pointee.codecpar, streams[$0]) }
        for (found, known) in pairs {
            guard let found, let known, found.pointee.codec_id == known.pointee.codec_id,
                found.pointee.extradata_size == known.pointee.extradata_size
            else { return false }
        }
        return pairs.allSatisfy { avcodec_parameters_copy($0, $1) >= 0 }
    }

    /// Whether another file's pictures and sound can be decoded as if they were this one's.
    func fits(_ context: UnsafeMutablePointer<AVFormatContext>) -> Bool {
        guard Int(context.pointee.nb_streams) == streams.count else { return false }
        return streams.indices.allSatisfy { index in
            guard let other = context.pointee.streams[index]?.pointee.codecpar?.pointee,
                let own = streams[index]?.pointee, own.codec_type == other.codec_type
            else { return false }
            guard [AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO].contains(own.codec_type) else { return true }
            guard own.codec_id == other.codec_id, own.width == other.width, own.height == other.height,
                own.sample_rate == other.sample_rate, own.ch_layout.nb_channels == other.ch_layout.nb_channels,
                own.extradata_size == other.extradata_size
            else { return false }
            return own.extradata_size == 0 || memcmp(own.extradata, other.extradata, Int(own.extradata_size)) == 0
        }
    }
}
