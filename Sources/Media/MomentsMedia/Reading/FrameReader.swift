internal import CLibAV
internal import MomentsCore

/// Decodes some streams of a file, frame by frame in file order, with exact times on the file's own clock.
///
/// Used on one thread.
final class FrameReader {
    let input: Input
    /// The last frame given out; its content holds until the next call of `next`.
    let frame: FrameBox
    /// When the last frame is shown or heard, on the file's own clock; strictly rising within a stream of frames.
    private(set) var frameTime = MediaTime.zero
    /// How long the last frame lasts; zero where the file does not say.
    private(set) var frameDuration = MediaTime.zero

    private var decoders: [Int: Decoder] = [:]
    private let packet: PacketBox
    private var pending: [Int] = []
    private var draining = false
    private var lastTicks: [Int: Int64] = [:]
    private var expectedTicks: [Int: Int64] = [:]
    /// Up to when the packets of a stream are passed over.
    private var passed: [Int: Int64] = [:]
    /// From when on every frame of a stream is needed.
    private var needed: [Int: Int64] = [:]
    /// When frames are shown that may stay without the loop filter.
    var unfiltered: Set<Int64> = []
    /// Which of the other frames are filtered.
    var smoothing = EdgeSmoothing.everything
    /// Streams of which no frame is decoded before a random access point is met.
    private var waiting: Set<Int> = []
    private var damagedInARow = 0
    private let interrupt: Interrupt

    /// Packets the decoders refused so far.
    var refusedPackets: Int { decoders.values.reduce(0) { $0 + $1.refusedPackets } }

    init(
        _ files: SourceFiles,
        known: StreamParameters?,
        timeline: Timeline,
        interrupt: Interrupt,
        streams: [Int],
        threads: Int
    ) throws {
        input = try Input(files, known: known, timeline: timeline, interrupt: interrupt)
        self.interrupt = interrupt
        frame = try FrameBox()
        packet = try PacketBox()
        for index in streams where input.streams.indices.contains(index) {
            let stream = input.streams[index]
            decoders[index] = try Decoder(input, stream: stream, threads: stream.kind == .video ? threads : 1)
        }
        input.want(only: Set(decoders.keys))
    }

    /// Decodes the next frame.
    ///
    /// - Returns: Its stream's index, or nil at the end of the file.
    func next() throws -> Int? {
        while true {
            try interrupt.check("decode")
            while let stream = pending.first {
                switch try receive(from: stream) {
                case .frame: return stream
                case .damaged: continue
                case .needsPacket, .ended: pending.removeFirst()
                }
            }
            if draining { return nil }
            try feed()
        }
    }

    /// Goes to the last random access point at or before a time on the file's clock.
    ///
    /// - Returns: Whether the container could.
    func seek(to timestamp: Int64, stream: Int) -> Bool {
        guard input.seek(to: timestamp, stream: stream) else { return false }
        for decoder in decoders.values { decoder.flush() }
        pending = []
        draining = false
        lastTicks = [:]
        expectedTicks = [:]
        needed = [:]
        waiting = Set(decoders.keys.filter { input.streams[$0].kind == .video })
        return true
    }

    /// Leaves out frames before a time on the stream's clock to which no other refers.
    func skipUnneeded(before timestamp: Int64, stream: Int) { needed[stream] = timestamp }

    /// Leaves out a stream's packets shown before a time on its clock; frames from the next keyframe on.
    ///
    /// Before the first call of `next`.
    func pass(until timestamp: Int64, stream: Int) {
        passed[stream] = timestamp
        if input.streams[stream].kind == .video { waiting.insert(stream) }
    }

    private func feed() throws {
        if try input.read(into: packet.value) {
            let stream = packet.value.streamIndex
            guard let decoder = decoders[stream] else { return }
            if let first = passed[stream] {
                if packet.value.pts.map({ $0 < first }) ?? true { return }
                if waiting.contains(stream), !packet.value.isKeyframe { return }
                passed[stream] = nil
            }
            if waiting.contains(stream) {
                // Some decoders make up what a frame in the middle of a group refers to.
                if !packet.value.isKeyframe { return }
                waiting.remove(stream)
            }
            if let first = needed[stream] {
                decoder.skipsUnneeded = packet.value.pts.map { $0 < first } ?? false
            }
            decoder.smoothing = packet.value.pts.map { unfiltered.contains($0) } ?? false ? .nothing : smoothing
            try decoder.send(packet.value)
            pending = [stream]
        } else {
            draining = true
            for decoder in decoders.values { try decoder.finish() }
            pending = decoders.keys.sorted()
        }
    }

    private func receive(from stream: Int) throws -> Decoder.Step {
        guard let decoder = decoders[stream] else { return .ended }
        let step = try decoder.receive(into: frame.value)
        switch step {
        case .frame:
            damagedInARow = 0
            stamp(stream)
        case .damaged:
            damagedInARow += 1
            // A decoder that only ever fails must not keep us here.
            if damagedInARow > 512 {
                damagedInARow = 0
                return .ended
            }
        case .needsPacket, .ended: break
        }
        return step
    }

    /// How much later a decoder gives out sound than its packets' times say, where the container takes no account of it:
    /// 529 samples of MP3 in AVI.
    private func delay(of stream: StreamDescription) -> MediaTime {
        guard stream.codec == "mp3", input.container == "avi", stream.sampleRate > 0 else { return .zero }
        return MediaTime(ticks: 529, timescale: Int64(stream.sampleRate))
    }

    /// Gives the frame its time: the file's where there is one, else where the last one ended.
    private func stamp(_ stream: Int) {
        let base = input.streams[stream].timeBase
        let isFrame = input.streams[stream].kind == .video
        var ticks = frame.value.timestamp ?? expectedTicks[stream] ?? 0
        // Two frames at one time, or one before the last, are damage; audio may overlap, its user trims.
        let least = input.streams[stream].leastStep
        if isFrame, let last = lastTicks[stream], ticks < last &+ least {
            ticks = last &+ max(2 &* least, frame.value.duration / 4)
        }
        lastTicks[stream] = ticks
        expectedTicks[stream] = ticks &+ max(1, frame.value.duration)
        frameTime = MediaTime(timestamp: ticks, base: base) - (isFrame ? .zero : delay(of: input.streams[stream]))
        frameDuration = MediaTime(timestamp: frame.value.duration, base: base)
    }
}
