internal import CLibAV
public import MomentsCore

/// Decodes single segments of a video, wherever they lie: a keyframe and some of those behind it.
///
/// Goes by the index alone, so that not one packet too many is decoded. Used on one thread, and decodes on that thread
/// as long as nothing else is asked for.
/// Rough ones lack the smoothing of block edges: they are for looking at small.
public final class SegmentReader {
    /// What is read.
    public let source: MediaSource
    /// Frames decoded so far, those that were only needed by others too.
    public private(set) var framesDecoded = 0
    /// Packets the decoder refused so far.
    public var refusedPackets: Int { refusedBefore + decoder.refusedPackets }

    private let isRough: Bool
    private let isShared: Bool
    private let interrupt: Interrupt
    private var input: Input
    private var decoder: Decoder
    private var threads: Int
    private var refusedBefore = 0
    private let packet: PacketBox
    private let frame: FrameBox
    private let entries: [PacketIndex.Entry]
    /// The entry whose packet is read next; nil before the first one is known.
    private var position: Int? = 0

    /// Packets that are rather read over than sought over.
    private static let nearby = 24

    /// Opens the file anew.
    ///
    /// - Parameters:
    ///   - source: What the probe found.
    ///   - isRough: Whether the frames are only to be looked at small.
    ///   - sharing: How many threads share each frame, where it is coded in parts.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError`.
    public init(
        _ source: MediaSource,
        isRough: Bool = true,
        sharing: Int = 1,
        interrupt: Interrupt
    ) throws {
        self.source = source
        self.isRough = isRough
        (isShared, threads) = (sharing > 1, sharing)
        self.interrupt = interrupt
        entries = source.track.entries
        packet = try PacketBox()
        frame = try FrameBox()
        input = try Self.open(source, interrupt)
        decoder = try Self.decoder(of: input, source, threads: threads, isShared: isShared, isRough: isRough)
    }

    private static func decoder(
        of input: Input,
        _ source: MediaSource,
        threads: Int,
        isShared: Bool,
        isRough: Bool
    ) throws -> Decoder {
        let stream = input.streams[source.video.index]
        return try Decoder(input, stream: stream, threads: threads, isShared: isShared, isRough: isRough)
    }

    private static func open(_ source: MediaSource, _ interrupt: Interrupt) throws -> Input {
        let input = try Input(
            source.files,
            known: source.parameters,
            timeline: source.index.timeline,
            interrupt: interrupt
        )
        guard input.streams.indices.contains(source.video.index) else {
            throw MediaError("find again", "the video of '\(source.path.display)'", code: moments_averror(EINVAL))
        }
        input.want(only: [source.video.index])
        return input
    }

    /// Has further segments decoded by some threads; each holds some frames in memory.
    ///
    /// - Throws: `MediaError` when there is no memory for it.
    public func decode(on threads: Int) throws {
        guard threads != self.threads else { return }
        self.threads = threads
        try renewDecoder()
    }

    private func renewDecoder() throws {
        refusedBefore += decoder.refusedPackets
        decoder = try Self.decoder(of: input, source, threads: threads, isShared: isShared, isRough: isRough)
    }

    /// Decodes a segment, and lends each of its frames in the order they are shown.
    ///
    /// Frames shown before the segment's first one are not lent: they lack what they were coded from.
    ///
    /// - Parameters:
    ///   - segment: Numbers of index entries in file order; the first should be coded from itself alone.
    ///   - complete: Where in the file every frame is wanted; elsewhere those that no other one needs are left out, at
    ///     half the cost.
    ///   - body: Receives when a frame is shown on the video's clock, and the frame.
    /// - Returns: Whether the file was found as the index has it; where not, what was lent may be anything.
    /// - Throws: What `body` throws, and `MediaError` when the disk fails or the job is stopped.
    public func read(
        _ segment: Range<Int>,
        complete: Range<Int>,
        _ body: (MediaTime, borrowing Frame) throws -> Void
    ) throws -> Bool {
        guard let first = segment.first else { return true }
        decoder.flush()
        guard try go(to: first) else { return false }
        let earliest = entries[first].pts
        for number in segment {
            if number > first {
                guard try readPacket(), isAt(number) else { return lost() }
                position = number + 1
            }
            decoder.skipsUnneeded = !complete.contains(number)
            try decoder.send(packet.value)
            try drain(from: earliest, body)
        }
        try decoder.finish()
        try drain(from: earliest, body)
        return true
    }

    private func drain(
        from earliest: Int64,
        _ body: (MediaTime, borrowing Frame) throws -> Void
    ) throws {
        var damaged = 0
        while damaged < 64 {
            switch try decoder.receive(into: frame.value) {
            case .needsPacket, .ended: return
            case .damaged: damaged += 1
            case .frame:
                framesDecoded += 1
                guard let ticks = frame.value.timestamp, ticks >= earliest else { continue }
                let time = MediaTime(timestamp: ticks, base: source.video.timeBase) - source.origin
                // What an edit list leaves before the first frame is no part of the video.
                if time >= .zero { try body(time, frame.value) }
            }
        }
    }

    /// Reads until the packet of an entry has been read.
    private func go(to number: Int) throws -> Bool {
        if let position, position <= number, number - position <= Self.nearby { return try skip(to: number) }
        if input.seek(to: entries[number].dts, stream: source.video.index), try readPacket() {
            // Where the container leads earlier than asked for, what lies between is read over.
            for back in 0...min(number, 600) where isAt(number - back) {
                position = number - back + 1
                return back == 0 ? true : try skip(to: number)
            }
        }
        // A container without a usable index is read from its start.
        input = try Self.open(source, interrupt)
        try renewDecoder()
        position = 0
        return try skip(to: number)
    }

    private func skip(to number: Int) throws -> Bool {
        while let next = position, next <= number {
            guard try readPacket(), isAt(next) else { return lost() }
            position = next + 1
        }
        return true
    }

    private func lost() -> Bool {
        position = nil
        return false
    }

    /// Reads the next packet of the video that the index knows of.
    private func readPacket() throws -> Bool {
        try interrupt.check("decode")
        while try input.read(into: packet.value) {
            let isTimed = packet.value.pts != nil || packet.value.dts != nil
            if packet.value.streamIndex == source.video.index, isTimed { return true }
        }
        return false
    }

    private func isAt(_ number: Int) -> Bool {
        guard entries.indices.contains(number) else { return false }
        let time = packet.value.pts ?? packet.value.dts
        return entries[number].pts == time && Int(entries[number].size) == packet.value.size
    }
}
