package import CLibAV
public import MomentsCore

/// An open container: its streams, and its packets in file order.
///
/// Used on one thread.
public final class Input {
    /// The file; the first of a recording in several.
    public let path: FilePath
    /// The container's name as libavformat gives it, such as "mov,mp4,m4a,3gp,3g2,mj2".
    public let container: String
    /// The size of all files in bytes.
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

    /// What the container, or the first of several, says of its streams.
    package let context: UnsafeMutablePointer<AVFormatContext>
    private let file: OpenFile
    /// The files that are read one after the other, where there are several with a clock each.
    private let line: PartLine?
    private let joined: SourceFiles
    /// What stands first in each of several files that are read as one.
    private(set) var seams: [PacketTimes] = []
    private let interrupt: Interrupt
    private let timeline: Timeline
    /// How many packets of each stream were read since the start; nil after a search.
    private var counts: [Int64]?
    private let packed: [Int: PackedFrames]
    private var consecutiveFailures = 0

    /// Opens a file and reads its headers; content decides, never the name.
    ///
    /// - Parameters:
    ///   - path: The file; a link, a folder or a pipe is refused.
    ///   - interrupt: Stops a long read.
    /// - Throws: `MediaError`; `isInvalidData` where no known container is recognised.
    public convenience init(_ path: FilePath, interrupt: Interrupt) throws {
        try self.init(SourceFiles(path), known: nil, interrupt: interrupt)
    }

    /// Opens a recording in one file or several; parameters and errors are those of the other form.
    public convenience init(_ files: SourceFiles, interrupt: Interrupt) throws {
        try self.init(files, known: nil, interrupt: interrupt)
    }

    /// Opens a file again of which the streams and the timeline are known; other parameters and errors are those of the
    /// other form.
    package init(
        _ files: SourceFiles,
        known: StreamParameters?,
        timeline: Timeline = .plain,
        interrupt: Interrupt
    ) throws {
        var file = try OpenFile([files.first], known: known, interrupt: interrupt)
        var line: PartLine?
        if files.parts.count > 1 {
            if ContainerTraits(file.context.pointee.iformat).isJoined {
                file = try OpenFile(files.paths, known: known, interrupt: interrupt)
            } else {
                line = try PartLine(files, file, interrupt: interrupt)
            }
        }
        let context = file.context
        self.context = context
        self.file = file
        self.line = line
        self.interrupt = interrupt
        self.path = files.first
        joined = files
        self.size = line?.size ?? file.size
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
        var packed: [Int: PackedFrames] = [:]
        for stream in streams where stream.codec == "mpeg4" {
            guard let raw = context.pointee.streams[stream.index] else { continue }
            packed[stream.index] = PackedFrames(raw, in: container)
        }
        self.packed = packed
        self.timeline = timeline
        self.counts = Array(repeating: 0, count: streams.count)
    }

    /// The files, with what is known of their times by now.
    var files: SourceFiles { line?.files ?? joined }

    /// The files, with the times of those that are read as one, once these are settled.
    func files(on timeline: Timeline, of video: StreamDescription) -> SourceFiles {
        var files = files
        for (number, first) in seams.enumerated() where first.track == video.index {
            let time = timeline.times(of: first, number: nil)?.pts ?? first.pts
            files.parts[number + 1].start = time.map { MediaTime(timestamp: $0, base: video.timeBase) }
        }
        return files
    }

    /// What packets are read from now.
    private var current: UnsafeMutablePointer<AVFormatContext> { line?.current.context ?? context }

    /// What is known of the streams by now.
    var parameters: StreamParameters? { StreamParameters(context) }

    /// What its kind of container says of times.
    var traits: ContainerTraits { ContainerTraits(context.pointee.iformat) }

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
            let result = av_read_frame(current, packet.raw)
            if result >= 0 {
                consecutiveFailures = 0
                if let line { line.place(packet) } else if file.starts.count > 1 { noteSeam(packet) }
                if let packed = packed[packet.streamIndex], !packed.unpack(packet) { continue }
                if !timeline.tracks.isEmpty { place(packet) }
                return true
            }
            let error = MediaError("read", "'\(path.display)'", code: result)
            if interrupt.isRequested { throw MediaError.interrupted("read", "'\(path.display)'") }
            if error.isReadFailure { throw error }
            // Everything else, an absurd packet size that no memory holds too, is damage of this place only.
            consecutiveFailures += 1
            guard result == moments_averror_eof || consecutiveFailures > 64 else { continue }
            guard try line?.advance() == true else { return false }
            consecutiveFailures = 0
        }
    }

    /// Reads only the packets of these streams from now on.
    public func want(only indices: Set<Int>) {
        if let line { line.want(only: indices) } else { file.discard(allBut: indices) }
    }

    /// Notes the first picture whose coding starts in each of several files that are read as one.
    private func noteSeam(_ packet: borrowing Packet) {
        guard let place = packet.position, streams.indices.contains(packet.streamIndex),
            streams[packet.streamIndex].kind == .video, seams.count + 1 < file.starts.count,
            place >= file.starts[seams.count + 1], packet.pts != nil
        else { return }
        seams.append(packet.times)
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
            var own = timeline.clock(of: timestamp, track: stream)
            if let line {
                let time = MediaTime(timestamp: own, base: streams[stream].timeBase)
                guard (try? line.go(to: time)) != nil else { return false }
                own = line.clock(of: own, stream: stream)
            }
            return av_seek_frame(current, CInt(stream), own, AVSEEK_FLAG_BACKWARD) >= 0
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
