public import MomentsCore
public import MomentsMedia

/// Makes one MP4 of the chosen stretches of a video.
///
/// The pictures keep the source's own timing; the sound has exactly their length, so the two never drift.
public struct Renderer {
    private let plan: ReelPlan
    private let source: MediaSource
    private let interrupt: Interrupt

    /// Makes a renderer; nothing happens before `render`.
    public init(_ plan: ReelPlan, of source: MediaSource, interrupt: Interrupt) {
        self.plan = plan
        self.source = source
        self.interrupt = interrupt
    }

    /// Writes the reel.
    ///
    /// - Parameters:
    ///   - path: The file; a temporary one for the sound is made beside it and removed.
    ///   - progress: Told the share done, 0–1.
    ///   - shotDone: Told the number of each finished shot, from 1.
    /// - Returns: The reel.
    /// - Throws: `RenderError`; what is written by then is of no use.
    public func render(
        to path: FilePath,
        progress: (Double) -> Void,
        shotDone: (Int) -> Void
    ) throws(RenderError) -> Reel {
        let preparation = plan.preparation(of: source.video.picture)
        let sound = try prepareSound(beside: path)
        let writer = try media { () throws(MediaError) in
            try ReelWriter(path, format(preparation, channels: sound?.channels ?? 0))
        }
        try renderPictures(into: writer, sound?.track, progress, shotDone)
        if let track = sound?.track { try feed(track, writer, until: .max) }
        try media { () throws(MediaError) in try writer.finish() }
        progress(1)
        return Reel(
            path: path,
            duration: plan.duration,
            pictureCount: writer.pictureCount,
            places: plan.places,
            width: preparation.width,
            height: preparation.height,
            hasSound: sound != nil,
            loudness: sound?.loudness,
            quality: plan.quality == .auto ? .high : plan.quality
        )
    }

    private func format(_ preparation: PicturePreparation, channels: Int) -> ReelWriter.Format {
        ReelWriter.Format(
            preparation: preparation,
            sourceBase: source.video.timeBase,
            frameRate: source.frameRate,
            rateFactor: plan.rateFactor,
            preset: "veryfast",
            channels: channels,
            tags: plan.tags
        )
    }

    private struct PreparedSound {
        let track: SoundFeed
        let channels: Int
        let loudness: Double
    }

    private func prepareSound(beside path: FilePath) throws(RenderError) -> PreparedSound? {
        guard let audio = source.audio else { return nil }
        // Surround is folded to two channels, which every player has.
        let channels = audio.channels == 1 ? 1 : 2
        let spool: SoundSpool
        do { spool = try SoundSpool(path.adding(suffix: ".sound"), channels: channels) } catch { throw .system(error) }
        let reader = try media { () throws(MediaError) in
            try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        }
        let converter = SoundConverter(rate: SoundSpool.rate, channels: channels)
        for (shot, place) in zip(plan.shots, plan.places) {
            let end = Int(place.end.timestamp(in: Rational(1, Int64(SoundSpool.rate))))
            try spool.append(shot, until: end, from: reader, converter)
        }
        let (sound, loudness) = try LeveledSound.prepare(spool, target: plan.loudness)
        return PreparedSound(track: SoundFeed(sound), channels: channels, loudness: loudness)
    }

    private func renderPictures(
        into writer: ReelWriter,
        _ sound: SoundFeed?,
        _ progress: (Double) -> Void,
        _ shotDone: (Int) -> Void
    ) throws(RenderError) {
        let reader = try media { () throws(MediaError) in
            try MediaReader(source, tracks: .video, threads: 2, interrupt: interrupt)
        }
        let whole = max(plan.duration.seconds, 0.001)
        var read = MediaTime(ticks: -1, timescale: 1)
        for (number, (shot, place)) in zip(plan.shots, plan.places).enumerated() {
            let ahead = shot.start - read
            // The picture read last is gone: a shot that starts with it must be sought.
            let isNear = ahead > .zero && (source.index.hasJumps || ahead < Self.nearby)
            if !isNear { try media { () throws(MediaError) in try reader.seek(to: shot.start) } }
            writer.beginShot()
            var shown = 0
            while case .picture(let time, let duration) = try media({ () throws(MediaError) in try reader.next() }) {
                read = time
                if time < shot.start { continue }
                if time >= shot.end { break }
                let moved = time - shot.start + place.start
                let end = min(moved + duration, place.end)
                try media { () throws(MediaError) in
                    try reader.withFrame { (frame) throws(MediaError) in
                        try writer.add(frame, at: moved, until: end)
                    }
                }
                shown += 1
                if let sound { try feed(sound, writer, until: moved.timestamp(in: Rational(1, 48_000))) }
                progress(moved.seconds / whole)
            }
            guard shown > 0 else { throw .nothingDecodes(shot) }
            try media { () throws(MediaError) in try writer.endShot(at: place.end) }
            shotDone(number + 1)
        }
    }

    /// Adds sound up to a sample of the reel, so that neither stream waits long for the other in the file.
    private func feed(_ sound: SoundFeed, _ writer: ReelWriter, until sample: Int64) throws(RenderError) {
        while sound.position < sample, let samples = try sound.next() {
            try media { () throws(MediaError) in try writer.add(sound: samples) }
        }
    }

    private func media<Value>(_ body: () throws(MediaError) -> Value) throws(RenderError) -> Value {
        do { return try body() } catch { throw .media(error) }
    }

    /// Reading on is cheaper than seeking up to about this far.
    private static let nearby = MediaTime(ticks: 1, timescale: 1)
}

/// Hands out a reel's sound in pieces and counts it.
private final class SoundFeed {
    private let sound: LeveledSound
    /// Samples of each channel asked for so far.
    private(set) var position: Int64 = 0

    private static let piece = 4800

    init(_ sound: LeveledSound) { self.sound = sound }

    func next() throws(RenderError) -> [Float]? {
        let samples = try sound.next(Self.piece)
        position += Int64(Self.piece)
        return samples.isEmpty ? nil : samples
    }
}
