package import CLibAV
public import MomentsCore

/// An open container: its streams, and its packets in file order.
///
/// Used on one thread.
public final class Input {
    /// The file.
    public let path: FilePath
    /// The container's name as libavformat gives it, such as "mov,mp4,m4a,3gp,3g2,mj2".
    public let container: String
    /// The file's size in bytes.
    public let size: Int64
    /// The streams, in the file's order.
    public let streams: [StreamDescription]
    /// The container's own tags.
    public let tags: [String: String]
    /// The container's chapters.
    public let chapters: [Chapter]
    /// How sure libavformat is of the container, 0–100.
    public let certainty: Int

    package let context: UnsafeMutablePointer<AVFormatContext>
    private let reader: FileReader
    private var clock: ContinuousClockFilter
    private var consecutiveFailures = 0

    /// Opens a file and reads its headers; content decides, never the name.
    ///
    /// - Parameters:
    ///   - path: The file; a link, a folder or a pipe is refused.
    ///   - interrupt: Stops a long read.
    /// - Throws: `MediaError`; `isInvalidData` where no known container is recognised.
    public convenience init(_ path: FilePath, interrupt: Interrupt) throws {
        try self.init(path, known: nil, interrupt: interrupt)
    }

    /// Opens a file again of which the streams are known; other parameters and errors are those of the other form.
    package init(_ path: FilePath, known: StreamParameters?, interrupt: Interrupt) throws {
        av_log_set_level(AV_LOG_QUIET)
        let reader = try FileReader(path, interrupt: interrupt)
        let context = try Self.open(reader, known)
        self.reader = reader
        self.context = context
        self.path = path
        self.size = reader.size
        self.container = context.pointee.iformat.pointee.name.map { String(cString: $0) } ?? "unknown"
        self.certainty = Int(context.pointee.probe_score)
        self.tags = readTags(context.pointee.metadata)
        self.streams = (0..<Int(context.pointee.nb_streams)).compactMap { index in
            context.pointee.streams[index].map { StreamDescription($0.pointee) }
        }
        self.chapters = (0..<Int(context.pointee.nb_chapters)).compactMap { index in
            context.pointee.chapters[index].map { Chapter($0.pointee) }
        }
        let mayJump = context.pointee.iformat.pointee.flags & AVFMT_TS_DISCONT != 0
        self.clock = ContinuousClockFilter(bases: streams.map(\.timeBase), isActive: mayJump)
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    /// What is known of the streams by now.
    var parameters: StreamParameters? { StreamParameters(context) }

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

    /// Reads the next packet of the streams wanted.
    ///
    /// Damaged segments are passed over; an end that comes by damage is an end.
    ///
    /// - Parameter packet: Receives it; its clocks run on over jumps of the file's clock.
    /// - Returns: False at the end of the file.
    /// - Throws: `MediaError` when the disk fails or the job is stopped.
    public func read(into packet: borrowing Packet) throws -> Bool {
        while true {
            av_packet_unref(packet.raw)
            let result = av_read_frame(context, packet.raw)
            if result >= 0 {
                consecutiveFailures = 0
                clock.apply(to: packet)
                return true
            }
            let error = MediaError("read", "'\(path.display)'", code: result)
            if reader.interrupt.isRequested { throw MediaError.interrupted("read", "'\(path.display)'") }
            if error.isReadFailure { throw error }
            // Everything else, an absurd packet size that no memory holds too, is damage of this place only.
            consecutiveFailures += 1
            if result == moments_averror_eof || consecutiveFailures > 64 { return false }
        }
    }

    /// Reads only the packets of these streams from now on.
    public func want(only indices: Set<Int>) {
        for stream in streams {
            context.pointee.streams[stream.index]?.pointee.discard =
                indices.contains(stream.index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
        }
    }

    /// Whether the file's clock has jumped so far, which makes seeking by time ambiguous.
    public var hasJumped: Bool { clock.hasJumped }

    /// Goes to the last random access point at or before a time.
    ///
    /// - Parameters:
    ///   - timestamp: On the clock of `stream`.
    ///   - stream: The stream's index.
    /// - Returns: Whether the container could; where not, the position is unknown and the input must be opened anew.
    public func seek(to timestamp: Int64, stream: Int) -> Bool {
        clock.restart()
        return av_seek_frame(context, CInt(stream), timestamp, AVSEEK_FLAG_BACKWARD) >= 0
    }
}

/// Copies a libav dictionary; a key met twice keeps its first value.
func readTags(_ dictionary: OpaquePointer?) -> [String: String] {
    var tags: [String: String] = [:]
    var entry: UnsafeMutablePointer<AVDictionaryEntry>?
    while true {
        entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)
        guard let found = entry else { return tags }
        let key = String(cString: found.pointee.key).lowercased()
        tags[key] = tags[key] ?? String(cString: found.pointee.value)
    }
}
