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

    let channels: Int
    /// Its loudness in LUFS before encoding; minus infinity for silence.
    let loudness: Double
    /// How loud it is around the start of each shot.
    private(set) var marks: [SoundMark]
    private let pieces: Ahead<[Float], RenderError>
    /// Samples of each channel asked for so far.
    private var position: Int64 = 0

    /// How far each of two neighbours reaches into the other, in samples: 10 ms.
    private static let fade = SoundSpool.rate / 100

    /// Starts to make the sound, on a thread of its own.
    init(_ prepared: Prepared) {
        channels = prepared.sound.channels
        loudness = prepared.levels.loudness
        marks = prepared.marks
        pieces = prepared.levels.pieces(of: prepared.sound)
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
    func feed(until sample: Int64, _ consume: ([Float]) throws(MediaError) -> Void) throws(RenderError) {
        while position < sample {
            guard let samples = try pieces.next() else { return }
            for index in marks.indices {
                marks[index].take(samples, from: Int(position), channels: channels, rate: SoundSpool.rate)
            }
            position += Int64(samples.count / channels)
            try media { () throws(MediaError) in try consume(samples) }
        }
    }
}
