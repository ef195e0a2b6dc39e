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
    }

    /// The tracks, by stream index.
    public private(set) var tracks: [Track]
    /// Whether the file's clock jumped, so that seeking by time is ambiguous.
    public private(set) var hasJumps = false

    /// Reads the whole file.
    ///
    /// - Parameters:
    ///   - input: Freshly opened; at the end of the file afterwards.
    ///   - interrupt: Stops the pass.
    ///   - progress: Told the share of the file read, 0–1, now and then.
    /// - Throws: `MediaError` when the disk fails or the job is stopped.
    public init(of input: Input, interrupt: Interrupt, progress: (Double) -> Void = { _ in }) throws {
        tracks = Array(repeating: Track(), count: input.streams.count)
        let packet = try Packet()
        let kinds = input.streams.map { $0.kind == .video ? CodedKindReader(input, stream: $0.index) : nil }
        var read: Int64 = 0
        var untilReport = 4096
        while try input.read(into: packet) {
            try interrupt.check("index")
            // A transport stream may show new streams later; they are no part of the choice.
            guard tracks.indices.contains(packet.streamIndex) else { continue }
            add(packet, isVideo: input.streams[packet.streamIndex].kind == .video, kinds[packet.streamIndex])
            read += Int64(packet.size)
            untilReport -= 1
            if untilReport == 0 {
                untilReport = 4096
                progress(min(1, Double(read) / Double(max(1, input.size))))
            }
        }
        hasJumps = input.hasJumped
    }

    private mutating func add(_ packet: borrowing Packet, isVideo: Bool, _ kinds: CodedKindReader?) {
        let index = packet.streamIndex
        tracks[index].count += 1
        tracks[index].bytes += Int64(packet.size)
        if packet.isEncrypted { tracks[index].isEncrypted = true }
        guard let time = packet.pts ?? packet.dts else { return }
        if !packet.isDiscarded {
            tracks[index].start = min(tracks[index].start ?? time, time)
            tracks[index].end = max(tracks[index].end ?? time, time &+ packet.duration)
        }
        guard isVideo else { return }
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

    /// Forgets the frames of every stream but one.
    mutating func keepEntries(ofStream index: Int) {
        for other in tracks.indices where other != index { tracks[other].entries = [] }
    }
}
