internal import CLibAV

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
}
