internal import CLibAV
internal import MomentsCore

/// An open container, in one file or, where its kind can be joined byte by byte, in several.
///
/// Used on one thread.
final class OpenFile {
    let context: UnsafeMutablePointer<AVFormatContext>
    private let reader: FileReader

    /// The size of all files in bytes.
    var size: Int64 { reader.size }

    /// How many bytes stand before each file.
    var starts: [Int64] { reader.starts }

    /// Opens files and reads the headers; content decides, never the name.
    ///
    /// - Parameters:
    ///   - paths: The files, joined; one nearly always.
    ///   - known: What is known of the streams; nil to find it out.
    ///   - interrupt: Stops a long read.
    /// - Throws: `MediaError`.
    init(_ paths: [FilePath], known: StreamParameters?, interrupt: Interrupt) throws {
        av_log_set_level(AV_LOG_QUIET)
        reader = try FileReader(paths, interrupt: interrupt)
        context = try Self.open(reader, known)
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    private static func open(
        _ reader: FileReader,
        _ known: StreamParameters?
    ) throws -> UnsafeMutablePointer<AVFormatContext> {
        let subject = "'\(reader.path.display)'"
        var context: UnsafeMutablePointer<AVFormatContext>? = avformat_alloc_context()
        guard let allocated = context else { throw MediaError("open", subject, code: moments_averror(ENOMEM)) }
        allocated.pointee.pb = reader.context
        allocated.pointee.flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_GENPTS
        allocated.pointee.probesize = 20_000_000
        allocated.pointee.max_analyze_duration = 10 * Int64(AV_TIME_BASE)
        // A playlist or a reference inside a file must never make us open another one.
        allocated.pointee.io_open = { _, _, _, _, _ in moments_averror(EPERM) }
        // Reads can block on a slow disk; libav asks between them.
        allocated.pointee.interrupt_callback = AVIOInterruptCB(
            callback: { opaque in
                guard let opaque else { return 0 }
                return Unmanaged<Interrupt>.fromOpaque(opaque).takeUnretainedValue().isRequested ? 1 : 0
            },
            opaque: Unmanaged.passUnretained(reader.interrupt).toOpaque()
        )
        try check(avformat_open_input(&context, nil, nil, nil), "recognise", subject)
        guard let opened = context else { throw MediaError("open", subject, code: moments_averror(ENOMEM)) }
        if known?.apply(to: opened) == true { return opened }
        let found = avformat_find_stream_info(opened, nil)
        if found < 0 {
            avformat_close_input(&context)
            throw MediaError("read the streams of", subject, code: found)
        }
        return opened
    }
}
