internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// A reel's finished sound, handed out in pieces and counted.
final class ReelSound {
    /// A reel's sound as it is known before it is made.
    struct Prepared: Sendable {
        fileprivate let sound: SpooledSound
        fileprivate let levels: SoundLevels
        fileprivate let marks: [SoundMark]
    }

    /// Some of the sound.
    private struct Piece: Sendable {
        let samples: [Float]
        let packets: [EncodedSound]
    }

    private let channels: Int
    /// Its loudness in LUFS before encoding; minus infinity for silence.
    let loudness: Double
    /// How loud it is around the start of each shot.
    private(set) var marks: [SoundMark]
    private let pieces: Ahead<Piece, RenderError>
    /// Samples of each channel asked for so far.
    private var position: Int64 = 0

    /// How far each of two neighbours reaches into the other, in samples: 10 ms.
    private static let fade = SoundSpool.rate / 100

    /// How many pieces are encoded ahead, each of a tenth of a second: they go on while pictures are encoded.
    private static let ahead = 64

    /// Starts to make and to encode the sound, each on a thread of its own.
    init(_ prepared: Prepared, _ encoder: SoundEncoder) {
        channels = prepared.sound.channels
        loudness = prepared.levels.loudness
        marks = prepared.marks
        pieces = Ahead(Self.ahead) { (give) throws(RenderError) in
            let pieces = prepared.levels.pieces(of: prepared.sound)
            while let samples = try pieces.next() {
                let packets = try media { () throws(MediaError) in try encoder.encode(samples) }
                if !give(Piece(samples: samples, packets: packets)) { return }
            }
            let last = try media { () throws(MediaError) in try encoder.finish() }
            _ = give(Piece(samples: [], packets: last))
        }
    }

    /// Makes what encodes it; nil without sound.
    static func encoder(_ source: MediaSource) throws(MediaError) -> SoundEncoder? {
        guard let audio = source.audio else { return nil }
        return try SoundEncoder(rate: SoundSpool.rate, channels: audio.reelLayout.channels)
    }

    /// Decodes the shots' sound into a temporary file and finds its levels; nil without sound.
    static func prepare(
        _ plan: ReelPlan,
        _ source: MediaSource,
        beside path: FilePath,
        interrupt: Interrupt
    ) throws(RenderError) -> Prepared? {
        guard let audio = source.audio else { return nil }
        let channels = audio.reelLayout.channels
        let spool: SoundSpool
        do { spool = try SoundSpool(path.adding(suffix: ".sound"), channels: channels) } catch { throw .system(error) }
        let reader = try media { () throws(MediaError) in
            try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        }
        let converter = SoundConverter(rate: SoundSpool.rate, channels: channels)
        let rate = Rational(1, Int64(SoundSpool.rate))
        let runs = SoundRun.all(of: plan)
        let counts = runs.map { Int($0.shot.duration.timestamp(in: rate)) }
        for (number, run) in runs.enumerated() {
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
        let sound: SpooledSound
        do { sound = try spool.finish() } catch { throw .system(error) }
        return Prepared(
            sound: sound,
            levels: try SoundLevels.find(sound, target: plan.loudness, isCareful: plan.isCareful),
            marks: plan.places.map { SoundMark(around: $0.start) }
        )
    }

    /// Hands over sound up to a sample of the reel, so that neither stream waits long for the other in the file.
    func feed(until sample: Int64, _ consume: (EncodedSound) throws(MediaError) -> Void) throws(RenderError) {
        while position < sample {
            guard let piece = try pieces.next() else { return }
            for index in marks.indices {
                marks[index].take(piece.samples, from: Int(position), channels: channels, rate: SoundSpool.rate)
            }
            position += Int64(piece.samples.count / channels)
            for packet in piece.packets { try media { () throws(MediaError) in try consume(packet) } }
        }
    }
}
