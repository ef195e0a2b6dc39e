internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSystem

/// A reel's finished audio, handed out in pieces and counted.
final class ReelAudio {
    /// A reel's audio as it is known before it is made.
    struct Prepared: Sendable {
        fileprivate let spooled: SpooledAudio
        fileprivate let levels: AudioLevels
        fileprivate let marks: [AudioMark]
    }

    /// Some of the audio.
    private struct Piece: Sendable {
        let samples: [Float]
        let packets: [EncodedAudio]
    }

    private let channels: Int
    /// Its loudness in LUFS before encoding; minus infinity for silence.
    let loudness: Double
    /// How loud it is around the start of each shot.
    private(set) var marks: [AudioMark]
    private let pieces: Prefetcher<Piece, any Error>
    /// Samples of each channel asked for so far.
    private var position: Int64 = 0

    /// How far each of two neighbours reaches into the other, in samples: 10 ms.
    private static let fade = AudioSpool.rate / 100

    /// How many pieces are encoded ahead, each of a tenth of a second: they go on while frames are encoded.
    private static let ahead = 64

    /// Starts to make and to encode the audio, each on a thread of its own.
    init(_ prepared: Prepared, _ encoder: AudioEncoder) {
        channels = prepared.spooled.channels
        loudness = prepared.levels.loudness
        marks = prepared.marks
        pieces = Prefetcher(Self.ahead) { give in
            let pieces = prepared.levels.pieces(of: prepared.spooled)
            while let samples = try pieces.next() {
                let packets = try encoder.encode(samples)
                if !give(Piece(samples: samples, packets: packets)) { return }
            }
            let last = try encoder.finish()
            _ = give(Piece(samples: [], packets: last))
        }
    }

    /// Makes what encodes it; nil without audio.
    static func encoder(_ plan: ReelPlan, _ source: MediaSource) throws -> AudioEncoder? {
        try channels(plan, source).map { try AudioEncoder(rate: AudioSpool.rate, channels: $0) }
    }

    /// How many channels a reel has; nil without sound.
    private static func channels(_ plan: ReelPlan, _ source: MediaSource) -> Int? {
        plan.form == nil ? source.audio?.reelLayout.channels : 2
    }

    /// Decodes the shots' audio into a temporary file and finds its levels; nil without audio.
    static func prepare(
        _ plan: ReelPlan,
        _ source: MediaSource,
        beside path: FilePath,
        interrupt: Interrupt
    ) throws -> Prepared? {
        guard let channels = channels(plan, source) else { return nil }
        let spool = try AudioSpool(path.adding(suffix: ".sound"), channels: channels, isCareful: plan.isCareful)
        let converter = AudioConverter(rate: AudioSpool.rate, channels: channels)
        let rate = Rational(1, Int64(AudioSpool.rate))
        // Without sound of its own there is silence.
        let runs = source.audio == nil ? [] : AudioRun.all(of: plan)
        let counts = runs.map { Int($0.shot.duration.timestamp(in: rate)) }
        let reader =
            source.audio == nil ? nil : try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        for (number, run) in runs.enumerated() {
            guard let reader else { break }
            func reach(_ wanted: MediaTime, _ other: Int) -> Int {
                guard counts.indices.contains(other) else { return 0 }
                return wanted > .zero
                    ? Int(wanted.timestamp(in: rate)) : min(Self.fade, counts[number] / 2, counts[other] / 2)
            }
            spool.pause(until: Int((run.end - run.shot.duration).timestamp(in: rate)))
            try spool.append(
                run.shot,
                until: Int(run.end.timestamp(in: rate)),
                before: reach(run.before, number - 1),
                after: reach(run.after, number + 1),
                from: reader,
                converter
            )
        }
        spool.pause(until: Int(plan.duration.timestamp(in: rate)))
        let spooled = try spool.finish()
        return Prepared(
            spooled: spooled,
            levels: try AudioLevels.find(spooled, target: plan.loudness, isCareful: plan.isCareful),
            marks: plan.places.map { AudioMark(around: $0.start) }
        )
    }

    /// Hands over audio up to a sample of the reel, so that neither stream waits long for the other in the file.
    func feed(until sample: Int64, _ consume: (EncodedAudio) throws -> Void) throws {
        while position < sample {
            guard let piece = try pieces.next() else { return }
            for index in marks.indices {
                marks[index].take(piece.samples, from: Int(position), channels: channels, rate: AudioSpool.rate)
            }
            position += Int64(piece.samples.count / channels)
            for packet in piece.packets { try consume(packet) }
        }
    }
}
