internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Decodes a reel's audio from start to end and measures it.
enum AudioVerification {
    /// What came of it.
    struct Measurement {
        let audio: Verification.Audio
        /// Seconds by which the audio is late at each planned shot's start; nil where it is too even to tell.
        let skews: [Double?]
    }

    /// Starts listening, on a thread of its own; nothing is heard in a reel without audio.
    static func start(
        _ reel: Reel,
        _ source: MediaSource,
        of original: MediaSource,
        frameDuration: Double,
        interrupt: Interrupt
    ) -> BackgroundTask<Measurement?, Finding> {
        BackgroundTask { () throws(Finding) in
            guard reel.hasAudio else { return nil }
            var comparison = AudioComparison(reel, channels: source.audio?.channels ?? 1)
            let outcome = try run(reel, source, &comparison, frameDuration: frameDuration, interrupt: interrupt)
            try comparison.check(against: original, frameDuration: frameDuration, interrupt: interrupt)
            return outcome
        }
    }

    private static func run(
        _ reel: Reel,
        _ source: MediaSource,
        _ comparison: inout AudioComparison,
        frameDuration: Double,
        interrupt: Interrupt
    ) throws(Finding) -> Measurement {
        let measured: Measured
        do { measured = try measure(reel, source, &comparison, interrupt) } catch {
            throw Finding(description: "the reel's sound cannot be decoded (\(error))")
        }
        try Finding.expect(measured.damaged == 0, "\(measured.damaged) packets of the reel's sound cannot be decoded")
        let skew = measured.end - source.duration.seconds
        // An encoder works in blocks of 1024 samples; the last one is filled up.
        try Finding.expect(
            abs(measured.start) <= frameDuration && abs(skew) <= max(frameDuration, 0.025) + 0.022,
            "the reel's sound and pictures end \(skew) s apart"
        )
        if let meant = reel.loudness, meant.isFinite, let loudness = measured.loudness {
            try Finding.expect(abs(loudness - meant) <= 1, "the reel's sound is \(loudness) LUFS loud, not \(meant)")
        }
        try Finding.expect(
            measured.stepAtJoins <= max(measured.stepElsewhere * 2, 0.1),
            "the reel's sound clicks at a join (a step of \(measured.stepAtJoins))"
        )
        let skews = zip(reel.shots.compactMap(\.mark), measured.marks).map { meant, found in
            meant.shift(of: found).map { Double($0) / 1000 }
        }
        for (number, skew) in skews.enumerated() where reel.shots[number].isShown {
            try Finding.expect(
                abs(skew ?? 0) <= max(frameDuration, 0.02),
                "the reel's sound is \(skew ?? 0) s late where shot \(number + 1) starts"
            )
        }
        if reel.isLeveled, let peak = measured.peak {
            try Finding.expect(peak <= highestPeak, "the reel's sound peaks at \(peak) dBTP")
        }
        let audio = Verification.Audio(
            skewAtStart: measured.start,
            skewAtEnd: skew,
            loudness: measured.loudness,
            peak: measured.peak,
            stepAtJoins: measured.stepAtJoins,
            stepElsewhere: measured.stepElsewhere
        )
        return Measurement(audio: audio, skews: skews)
    }

    /// What leaves every player and converter room, in dBTP (EBU R 128 s1).
    private static let highestPeak = -1.5

    private struct Measured {
        var start = 0.0
        var end = 0.0
        var damaged = 0
        var loudness: Double?
        var peak: Double?
        /// The largest step from one sample to the next within 2 ms of a join, and anywhere else.
        var stepAtJoins = 0.0
        var stepElsewhere = 0.0
        /// What was heard around the start of each shot.
        var marks: [AudioMark] = []
    }

    private static func measure(
        _ reel: Reel,
        _ source: MediaSource,
        _ comparison: inout AudioComparison,
        _ interrupt: Interrupt
    ) throws -> Measured {
        let channels = source.audio?.channels ?? 1
        let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        let converter = AudioConverter(channels: channels)
        guard var meter = LoudnessMeter(channels: channels, truePeak: true) else {
            throw MediaError.outOfMemory("measure", "the sound")
        }
        var result = Measured()
        result.marks = reel.shots.compactMap { $0.mark?.widened() }
        var (last, hasBegun) = ([Float](repeating: 0, count: channels), false)
        var (atJoins, elsewhere): (Float, Float) = (0, 0)
        let rate = Rational(1, Int64(converter.rate))
        let all = reel.shots.dropFirst().map { Int($0.place.start.timestamp(in: rate)) }
        while case .audio(let time) = try reader.next() {
            let begin = try reader.withFrame { frameDuration in
                try converter.convert(frameDuration, time: time)
            }
            let samples = converter.samples
            if !hasBegun { result.start = begin.seconds }
            result.end = begin.seconds + Double(samples.count / channels) / Double(converter.rate)
            meter.add(samples.span)
            let first = Int(begin.timestamp(in: rate))
            for index in result.marks.indices {
                result.marks[index].take(samples, from: first, channels: channels, rate: converter.rate)
            }
            comparison.take(samples, from: first)
            let joins = all.filter { $0 > first - margin && $0 < first + samples.count / channels + margin }
            for place in samples.indices where hasBegun || place >= channels {
                let before = place < channels ? last[place] : samples[place - channels]
                let step = abs(samples[place] - before)
                let isAtJoin = joins.contains { abs($0 - first - place / channels) <= margin }
                if isAtJoin { atJoins = max(atJoins, step) } else { elsewhere = max(elsewhere, step) }
            }
            if samples.count >= channels { last = Array(samples.suffix(channels)) }
            hasBegun = true
        }
        (result.stepAtJoins, result.stepElsewhere) = (Double(atJoins), Double(elsewhere))
        result.damaged = reader.refusedPackets
        result.loudness = meter.integrated.isFinite ? meter.integrated : nil
        result.peak = meter.peak > 0 ? 20 * log10(meter.peak) : nil
        return result
    }

    /// Two milliseconds, in samples.
    private static let margin = 96
}
