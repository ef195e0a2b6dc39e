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
    /// The streams of each programme, by index; empty where the container knows none.
    public let programmes: [Set<Int>]
    /// How sure libavformat is of the container, 0–100.
    public let certainty: Int

    package let context: UnsafeMutablePointer<AVFormatContext>
    private let reader: FileReader
    private let timeline: Timeline
    /// How many packets of each stream were read since the start; nil after a search.
    private var counts: [Int64]?
    private let packed: [Int: PackedPictures]
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

    /// Opens a file again of which the streams and the timeline are known; other parameters and errors are those of the
    /// other form.
    package init(
        _ path: FilePath,
        known: StreamParameters?,
        timeline: Timeline = .plain,
        interrupt: Interrupt
    ) throws {
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
            context.pointee.streams[index].map {
                StreamDescription($0.pointee).clocked(by: timeline.bases[index])
            }
        }
        self.chapters = (0..<Int(context.pointee.nb_chapters)).compactMap { index in
            context.pointee.chapters[index].map { Chapter($0.pointee) }
        }
        self.programmes = (0..<Int(context.pointee.nb_programs)).compactMap { number in
            context.pointee.programs[number].map { programme in
                Set((0..<Int(programme.pointee.nb_stream_indexes)).map { Int(programme.pointee.stream_index[$0]) })
            }
        }
        var packed: [Int: PackedPictures] = [:]
        for stream in streams where stream.codec == "mpeg4" {
            guard let raw = context.pointee.streams[stream.index] else { continue }
            packed[stream.index] = PackedPictures(raw, in: container)
        }
        self.packed = packed
        self.timeline = timeline
        self.counts = Array(repeating: 0, count: streams.count)
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    /// What is known of the streams by now.
    var parameters: StreamParameters? { StreamParameters(context) }

    /// What its kind of container says of times.
    var traits: ContainerTraits { ContainerTraits(context.pointee.iformat) }

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
    /// - Parameter packet: Receives it; its times are those of the timeline.
    /// - Returns: False at the end of the file.
    /// - Throws: `MediaError` when the disk fails or the job is stopped.
    public func read(into packet: borrowing Packet) throws -> Bool {
        while true {
            av_packet_unref(packet.raw)
            let result = av_read_frame(context, packet.raw)
            if result >= 0 {
                consecutiveFailures = 0
                if let packed = packed[packet.streamIndex], !packed.unpack(packet) { continue }
                if !timeline.tracks.isEmpty { place(packet) }
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

    /// Puts a packet onto the timeline.
    private func place(_ packet: borrowing Packet) {
        let stream = packet.streamIndex
        let number = counts.flatMap { $0.indices.contains(stream) ? $0[stream] : nil }
        if number != nil { counts?[stream] += 1 }
        packet.stamp(timeline.times(of: packet.times, number: number))
    }

    /// Goes to the last random access point at or before a time.
    ///
    /// - Parameters:
    ///   - timestamp: On the timeline, in ticks of `stream`.
    ///   - stream: The stream's index.
    /// - Returns: Whether the container could; where not, the position is unknown and the input must be opened anew.
    public func seek(to timestamp: Int64, stream: Int) -> Bool {
        counts = nil
        for packed in packed.values { packed.restart() }
        guard timeline.isSearchable else { return false }
        guard !timeline.starts.isEmpty, streams.indices.contains(stream) else {
            let own = timeline.clock(of: timestamp, track: stream)
            return av_seek_frame(context, CInt(stream), own, AVSEEK_FLAG_BACKWARD) >= 0
        }
        let time = MediaTime(timestamp: timestamp, base: streams[stream].timeBase)
        let start = timeline.starts.last { $0.time <= time } ?? timeline.starts[0]
        return av_seek_frame(context, -1, start.position, AVSEEK_FLAG_BYTE) >= 0
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
