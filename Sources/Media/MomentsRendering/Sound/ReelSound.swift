internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// A reel's finished sound, handed out in pieces and counted.
final class ReelSound {
    let channels: Int
    /// Its loudness in LUFS before encoding; minus infinity for silence.
    let loudness: Double
    private let sound: LeveledSound
    /// Samples of each channel asked for so far.
    private var position: Int64 = 0

    private static let piece = 4800

    private init(_ sound: LeveledSound, channels: Int, loudness: Double) {
        self.sound = sound
        self.channels = channels
        self.loudness = loudness
    }

    /// Decodes the shots' sound into a temporary file and finds its levels; nil without sound.
    static func make(
        _ plan: ReelPlan,
        _ source: MediaSource,
        beside path: FilePath,
        interrupt: Interrupt
    ) throws(RenderError) -> ReelSound? {
        guard let audio = source.audio else { return nil }
        // Surround is folded to two channels, which every player has.
        let channels = audio.channels == 1 ? 1 : 2
        let spool: SoundSpool
        do { spool = try SoundSpool(path.adding(suffix: ".sound"), channels: channels) } catch { throw .system(error) }
        let reader = try media { () throws(MediaError) in
            try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        }
        let converter = SoundConverter(rate: SoundSpool.rate, channels: channels)
        for run in runs(of: plan) {
            let end = Int(run.end.timestamp(in: Rational(1, Int64(SoundSpool.rate))))
            try spool.append(run.shot, until: end, from: reader, converter)
        }
        let (sound, loudness) = try LeveledSound.prepare(spool, target: plan.loudness)
        return ReelSound(sound, channels: channels, loudness: loudness)
    }

    /// The stretches of uncut sound: shots that follow on each other in the source too are one, without a fade.
    static func runs(of plan: ReelPlan) -> [(shot: TimeRange, end: MediaTime)] {
        var runs: [(shot: TimeRange, end: MediaTime)] = []
        for (shot, place) in zip(plan.shots, plan.places) where shot.duration > .zero {
            if let last = runs.last, last.shot.end == shot.start {
                runs[runs.count - 1] = (TimeRange(start: last.shot.start, end: shot.end), place.end)
            } else {
                runs.append((shot, place.end))
            }
        }
        return runs
    }

    /// Hands over sound up to a sample of the reel, so that neither stream waits long for the other in the file.
    func feed(until sample: Int64, _ consume: ([Float]) throws(MediaError) -> Void) throws(RenderError) {
        while position < sample {
            let samples = try sound.next(Self.piece)
            position += Int64(Self.piece)
            if samples.isEmpty { return }
            try media { () throws(MediaError) in try consume(samples) }
        }
    }
}
