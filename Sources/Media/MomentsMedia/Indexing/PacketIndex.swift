public import MomentsCore

/// What one pass over a file's packets tells, without decoding any.
///
/// Costs reading the file once; keeps 24 bytes a video packet.
public struct PacketIndex: Sendable {
    /// One coded frame.
    public struct Entry: Sendable {
        /// When it is shown, on the stream's clock.
        public let pts: Int64
        /// How long it is shown, in ticks; 0 where the file does not say.
        public let duration: Int32
        /// Its length in bytes.
        public let size: Int32
        /// How much earlier it is decoded than shown, in ticks; 0 where the file does not say.
        public let lead: Int32
        /// How it was coded.
        public let kind: CodedKind
        /// Whether decoding can start here.
        public let isKeyframe: Bool
        /// Whether it is decoded but not shown.
        public let isDiscarded: Bool
        /// Whether the file says when it is shown.
        public let isTimed: Bool

        /// When it is decoded, on the stream's clock.
        public var dts: Int64 { pts &- Int64(lead) }

        /// The same, left out or not.
        func discarded(_ isDiscarded: Bool) -> Entry {
            Entry(
                pts: pts,
                duration: duration,
                size: size,
                lead: lead,
                kind: kind,
                isKeyframe: isKeyframe,
                isDiscarded: isDiscarded,
                isTimed: isTimed
            )
        }
    }

    /// What is known of one stream.
    public struct Track: Sendable {
        /// The coded frames in file order; empty for audio.
        public internal(set) var entries: [Entry] = []
        /// How many packets it has.
        public internal(set) var count = 0
        /// The earliest time shown, in ticks; nil without any time.
        public internal(set) var start: Int64?
        /// The end of the latest packet, in ticks; nil without any time.
        public internal(set) var end: Int64?
        /// The bytes of all its packets.
        public internal(set) var bytes: Int64 = 0
        /// Whether packets are encrypted and no key is known.
        public internal(set) var isEncrypted = false
        /// The packets of subtitles; empty for everything else.
        public internal(set) var texts: [TextPacket] = []
    }

    /// The tracks, by stream index.
    public private(set) var tracks: [Track]
    /// What becomes of the container's times; all times here are those of it, once they are settled.
    public private(set) var timeline = Timeline.plain
    /// Whether the file's clock jumped, so that seeking by time is ambiguous.
    public var hasJumps: Bool { !timeline.isSearchable }
    /// What settles the times; nil afterwards.
    private var scan: IndexScan?

    /// Reads the whole file.
    ///
    /// - Parameters:
    ///   - input: Freshly opened; at the end of the file afterwards.
    ///   - interrupt: Stops the pass.
    ///   - progress: Told the share of the file read, 0–1, now and then.
    /// - Throws: `MediaError` when the disk fails or the job is stopped.
    public init(of input: Input, interrupt: Interrupt, progress: (Double) -> Void = { _ in }) throws {
        tracks = Array(repeating: Track(), count: input.streams.count)
        var scan = IndexScan(input.streams, input.traits)
        let packet = try Packet()
        let kinds = input.streams.map { $0.kind == .video ? CodedKindReader(input, stream: $0.index) : nil }
        var read: Int64 = 0
        var untilReport = 4096
        while try input.read(into: packet) {
            try interrupt.check("index")
            // A transport stream may show new streams later; they are no part of the choice.
            guard tracks.indices.contains(packet.streamIndex) else { continue }
            let isVideo = input.streams[packet.streamIndex].kind == .video
            let reader = kinds[packet.streamIndex]
            add(packet, isVideo: isVideo, reader)
            if input.streams[packet.streamIndex].isText {
                addText(packet, input.streams[packet.streamIndex].timeBase)
            }
            scan.add(packet.times, isVideo: isVideo, number: reader?.number)
            read += Int64(packet.size)
            untilReport -= 1
            if untilReport == 0 {
                untilReport = 4096
                progress(min(1, Double(read) / Double(max(1, input.size))))
            }
        }
        self.scan = scan
    }

    /// Settles all times for the pictures that were chosen; the frames of other streams are forgotten.
    mutating func settle(_ video: StreamDescription) {
        keepEntries(ofStream: video.index)
        guard let scan else { return }
        self.scan = nil
        let settled = TimelineSettlement(scan, video: video, entries: tracks[video.index].entries)
        timeline = settled.timeline
        for (index, extent) in settled.extents { (tracks[index].start, tracks[index].end) = extent }
        if let pictures = settled.pictures { return take(pictures, settled.entries, video.index) }
        guard let timeless = scan.timeless[video.index] else { return }
        let entries = tracks[video.index].entries
        tracks[video.index].entries = entries.indices.filter { !timeless.contains($0) }.map { entries[$0] }
    }

    private mutating func take(_ pictures: TimelineSettlement.Pictures, _ entries: [Entry], _ index: Int) {
        tracks[index].start = nil
        tracks[index].end = nil
        tracks[index].entries = []
        for (number, old) in entries.enumerated() where !pictures.timeless.contains(number) {
            let entry = Entry(
                pts: pictures.pts[number],
                duration: pictures.duration.map { Int32(clamping: $0) } ?? min(old.duration, pictures.longest),
                size: old.size,
                lead: Int32(clamping: pictures.pts[number] &- pictures.dts[number]),
                kind: old.kind,
                isKeyframe: old.isKeyframe,
                isDiscarded: old.isDiscarded,
                isTimed: true
            )
            tracks[index].entries.append(entry)
            if entry.isDiscarded { continue }
            tracks[index].start = min(tracks[index].start ?? entry.pts, entry.pts)
            tracks[index].end = max(tracks[index].end ?? entry.pts, entry.pts &+ Int64(entry.duration))
        }
    }

    private mutating func add(_ packet: borrowing Packet, isVideo: Bool, _ kinds: CodedKindReader?) {
        let index = packet.streamIndex
        tracks[index].count += 1
        tracks[index].bytes += Int64(packet.size)
        if packet.isEncrypted { tracks[index].isEncrypted = true }
        let known = packet.pts ?? packet.dts
        if let time = known, !packet.isDiscarded {
            tracks[index].start = min(tracks[index].start ?? time, time)
            tracks[index].end = max(tracks[index].end ?? time, time &+ packet.duration)
        }
        guard isVideo else { return }
        // One without any time is kept until the times are settled.
        let time = known ?? 0
        tracks[index].entries.append(
            Entry(
                pts: time,
                duration: Int32(clamping: packet.duration),
                size: Int32(clamping: packet.size),
                lead: packet.dts.map { Int32(clamping: time &- $0) } ?? 0,
                kind: kinds?.kind(of: packet) ?? .unknown,
                isKeyframe: packet.isKeyframe,
                isDiscarded: packet.isDiscarded,
                isTimed: packet.pts != nil
            )
        )
    }

    private mutating func addText(_ packet: borrowing Packet, _ base: Rational) {
        let index = packet.streamIndex
        guard let time = packet.pts, packet.size > 0, base.isPositive, tracks[index].bytes <= TextPacket.mostBytes,
            tracks[index].texts.count < TextPacket.most
        else { return }
        tracks[index].texts.append(
            TextPacket(
                time: MediaTime(timestamp: time, base: base),
                duration: MediaTime(timestamp: packet.duration, base: base),
                bytes: Array(packet.bytes)
            )
        )
    }

    /// Forgets the frames of every stream but one.
    private mutating func keepEntries(ofStream index: Int) {
        for other in tracks.indices where other != index { tracks[other].entries = [] }
    }
}
