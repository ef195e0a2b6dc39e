internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// A video's coded frames, to be taken over as they are where their codec allows it.
///
/// Used on one thread.
public final class StreamCopySource {
    /// What is read.
    public let source: MediaSource
    let syntax: BitstreamSyntax
    private(set) var sets = ParameterSets()
    private let framing: NALUnitFraming
    /// The codec's headers as the container has them.
    let headers: [UInt8]
    private var input: Input
    private let interrupt: Interrupt
    private let packet: PacketBox
    private let output: PacketBox
    /// The frame read last, by its place in the index.
    private var last: Int?

    /// Opens a file anew and looks whether its frames can be taken over at all.
    ///
    /// - Parameters:
    ///   - source: What the probe found.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError`, `unfit` with the reason where they cannot.
    public init(_ source: MediaSource, interrupt: Interrupt) throws {
        self.source = source
        self.interrupt = interrupt
        syntax = try Self.checked(source)
        (packet, output) = (try PacketBox(), try PacketBox())
        input = try Self.open(source, interrupt)
        let stream = input.context.pointee.streams[source.video.index]
        let parameters = stream?.pointee.codecpar.pointee
        headers = Array(
            UnsafeBufferPointer(start: parameters?.extradata, count: Int(parameters?.extradata_size ?? 0))
        )
        if let stream, UnsafePointer(stream).hasSideData(AV_PKT_DATA_DOVI_CONF) {
            throw MediaError.unfit("Dolby Vision cannot be cut")
        }
        if headers.isEmpty, syntax != .vp9 { throw MediaError.unfit("it has no headers") }
        guard syntax.hasParameterSets else {
            framing = .whole
            return
        }
        guard let record = CodecRecord(headers, syntax) else { throw MediaError.unfit("its headers are damaged") }
        framing = record.framing
        for unit in record.units { try unit.withUnsafeBufferPointer(take) }
        try read(0..<min(1, source.track.entries.count)) { packet in
            try framing.forEachNALUnit(in: packet.bytes, take)
        }
        if !sets.isComplete { throw MediaError.unfit("its headers are incomplete") }
    }

    /// What is known without reading a packet.
    private static func checked(_ source: MediaSource) throws -> BitstreamSyntax {
        guard let syntax = BitstreamSyntax(codec: source.video.codec) else {
            throw MediaError.unfit("\(source.video.codec) is not copied")
        }
        let names = source.container.split(separator: ",")
        guard names.contains(where: { ["mov", "matroska", "mpegts"].contains($0) }) else {
            throw MediaError.unfit("its container (\(names.first ?? "")) does not say exactly when pictures are shown")
        }
        if !source.index.timeline.isPlain { throw MediaError.unfit("its clock had to be mended") }
        if source.video.format.hasRefusedTags { throw MediaError.unfit("some of its tags are reserved values") }
        if source.video.format.isInterlaced { throw MediaError.unfit("it is interlaced") }
        return syntax
    }

    private static func open(_ source: MediaSource, _ interrupt: Interrupt) throws -> Input {
        let input = try Input(source.files, interrupt: interrupt)
        input.want(only: [source.video.index])
        return input
    }

    /// The stream as the container describes it.
    func withStream<Result, Failure>(
        _ body: (UnsafePointer<AVStream>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let stream = input.context.pointee.streams[source.video.index] else {
            preconditionFailure("the stream was there when the file was opened")
        }
        return try body(UnsafePointer(stream))
    }

    /// The light an HDR master was made for; nil for other videos.
    func light() throws -> MasteringLight? {
        source.video.format.isHDR ? try MasteringLight(source, interrupt: interrupt) : nil
    }

    /// Learns a parameter set; anything else is left alone.
    private func take(_ unit: UnsafeBufferPointer<UInt8>) throws {
        switch syntax.role(of: unit) {
        case .parameters(let kind, let number):
            if !sets.add(unit, kind, number: number) { throw MediaError.unfit(Self.changing) }
        case .unfit(let reason): throw MediaError.unfit(reason)
        case .frame, .other: break
        }
    }

    /// Whether decoding can start at a frame as if nothing had been before it.
    ///
    /// - Parameter entry: Its place in the index.
    /// - Returns: Whether its packet says so, whatever the container does.
    /// - Throws: `MediaError`.
    public func isStart(_ entry: Int) throws -> Bool {
        var isClosed = false
        try read(entry..<entry + 1) { packet in
            try framing.forEachNALUnit(in: packet.bytes) { unit in
                switch syntax.role(of: unit) {
                case .frame(.closed): isClosed = true
                // What is shown before such a frame is left out; H.264 has no way to say so.
                case .frame(.open): isClosed = syntax == .hevc
                default: break
                }
            }
        }
        return isClosed
    }

    /// Hands over coded frames, H.264 and H.265 with start codes and without the parameter sets, which the reel's
    /// headers have.
    ///
    /// - Parameters:
    ///   - entries: Their places in the index.
    ///   - start: When the first of their segment is shown, in ticks; what is shown before is left out.
    ///   - consume: Takes each packet; its times are the source's.
    /// - Throws: `MediaError`, `unfit` where the file is not what its index and headers said.
    func copy(
        _ entries: Range<Int>,
        from start: Int64,
        _ consume: (borrowing Packet, _ shown: MediaTime) throws -> Void
    ) throws {
        var units: [UInt8] = []
        try read(entries) { packet in
            if packet.changesHeaders { throw MediaError.unfit(Self.changing) }
            guard let shown = packet.pts, shown >= start else { return }
            units.removeAll(keepingCapacity: true)
            try framing.forEachNALUnit(in: packet.bytes) { unit in
                if !syntax.hasParameterSets { return units += try content(of: unit) }
                switch syntax.role(of: unit) {
                case .parameters(let kind, _):
                    if !sets.contains(unit, kind) { throw MediaError.unfit(Self.changing) }
                    return
                case .unfit(let reason): throw MediaError.unfit(reason)
                case .frame, .other: break
                }
                units += [0, 0, 0, 1]
                units.append(shown == start ? syntax.opened(unit) : unit[0])
                units += unit.dropFirst()
            }
            try output.value.fill(with: units, like: packet)
            let time = MediaTime(timestamp: shown, base: source.video.timeBase)
            try consume(output.value, time - source.origin)
        }
    }

    /// A VP9 or AV1 packet as the reel keeps it.
    private func content(of packet: UnsafeBufferPointer<UInt8>) throws -> [UInt8] {
        if case .unfit(let reason) = syntax.role(of: packet) { throw MediaError.unfit(reason) }
        if syntax == .av1 { return FrameHeader.av1Content(packet) }
        let format = source.video.format
        if let size = FrameHeader.vp9Size(packet), size != (format.width, format.height) {
            throw MediaError.unfit("its pictures change their size")
        }
        return Array(packet)
    }

    private static let changing = "its parameter sets change"

    /// Reads the packets of a segment of the index.
    private func read(
        _ entries: Range<Int>,
        _ consume: (borrowing Packet) throws -> Void
    ) throws {
        for next in entries {
            if next > 0, last == next - 1 {
                let isThere = try advance()
                guard isThere, source.track.entries[next].describes(packet.value) else {
                    throw MediaError.unfit("it reads differently each time")
                }
            } else {
                try seek(to: next)
            }
            last = next
            try consume(packet.value)
        }
    }

    private func advance() throws -> Bool {
        while try input.read(into: packet.value) {
            if packet.value.streamIndex == source.video.index { return true }
        }
        return false
    }

    /// Reads on until a frame of the index; seeks farther back as long as the container leads behind it.
    private func seek(to entry: Int) throws {
        let wanted = source.track.entries[entry]
        let aim = MediaTime(timestamp: wanted.pts, base: source.video.timeBase)
        for lead in [0, 1, 5, 30] {
            let target = (aim - MediaTime(ticks: Int64(lead), timescale: 1)).timestamp(in: source.video.timeBase)
            guard input.seek(to: target, stream: source.video.index) else { break }
            if try find(wanted, upTo: aim) { return }
        }
        input = try Self.open(source, interrupt)
        if try find(wanted, upTo: aim) { return }
        throw MediaError("find a picture again in", "'\(source.path.display)'", code: moments_averror_invaliddata)
    }

    private func find(_ wanted: PacketIndex.Entry, upTo aim: MediaTime) throws -> Bool {
        while try advance() {
            if wanted.describes(packet.value) { return true }
            let time = packet.value.pts ?? packet.value.dts ?? 0
            let ahead = MediaTime(timestamp: time, base: source.video.timeBase) - aim
            // Frames are shown in another order than they stand in the file, but never that far off.
            if ahead > Self.disorder { return false }
        }
        return false
    }

    private static let disorder = MediaTime(ticks: 3, timescale: 1)
}

extension PacketIndex.Entry {
    /// Whether this is the packet the index means.
    func describes(_ packet: borrowing Packet) -> Bool {
        (packet.pts ?? packet.dts) == pts && packet.size == Int(size)
    }
}

extension UnsafePointer<AVStream> {
    func hasSideData(_ kind: AVPacketSideDataType) -> Bool { av_stream_get_side_data(self, kind, nil) != nil }
}
