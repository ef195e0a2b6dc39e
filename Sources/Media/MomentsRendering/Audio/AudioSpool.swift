internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSystem

/// The audio of a reel's shots, one after another, in a temporary file: hours of it need no memory.
///
/// Each shot has exactly the samples its frames last, and some more on each side for fading into its neighbours; where
/// the source has none there is silence.
final class AudioSpool {
    private let file: AudioFile
    private var parts: [SpooledAudio.Part] = []
    /// Measures the last part while the next one is decoded.
    private var measuring: BackgroundTask<Double, any Error>?
    private var written = 0
    /// When the last block read starts.
    private var lastRead = MediaTime.zero

    static let rate = ReelWriter.audioRate

    /// Whether the source is rather read over than sought: some containers lead a search astray.
    private let isCareful: Bool

    init(_ path: FilePath, channels: Int, isCareful: Bool = false) throws {
        file = try AudioFile(path, channels: channels)
        self.isCareful = isCareful
    }

    /// The reel's samples of each channel so far.
    private var count = 0

    /// Goes on after silence: what comes next starts at this sample of the reel.
    func pause(until start: Int) {
        // A sample or two is rounding, no silence.
        if start - count > Self.slip { count = start }
    }

    /// Takes one shot's audio from the source.
    ///
    /// - Parameters:
    ///   - shot: The segment of the source.
    ///   - end: The sample of the reel at which the shot ends.
    ///   - before: How many samples are taken from before it.
    ///   - after: How many are taken from behind it.
    ///   - reader: Decodes the audio; it is sought.
    ///   - converter: To the reel's rate and channels.
    /// - Throws: `MediaError` when the source cannot be read, `SystemError` when the temporary file cannot be written.
    func append(
        _ shot: TimeRange,
        until end: Int,
        before: Int,
        after: Int,
        from reader: MediaReader,
        _ converter: AudioConverter
    ) throws {
        let (start, place, channels) = (count, written, file.channels)
        let wanted = before + (end - start) + after
        let origin = shot.start - MediaTime(ticks: Int64(before), timescale: Int64(Self.rate))
        var done = 0
        // Where the clock jumps, seeking means starting over: then reading on is the quicker way.
        let mayReadOn = (reader.source.index.hasJumps || isCareful) && origin - lastRead > Self.margin
        if !mayReadOn { try reader.seek(to: origin) }
        while done < wanted, case .audio(let time) = try reader.next() {
            let begin = try reader.withFrame { frame in
                try converter.convert(frame, time: time)
            }
            lastRead = time
            let arrived = Int((begin - origin).timestamp(in: Rational(1, Int64(Self.rate))))
            if arrived >= wanted { break }
            let samples = converter.samples
            // A sample's slip is rounding; more is a gap to fill or an overlap to drop.
            let position = abs(arrived - done) <= Self.slip ? done : arrived
            if position > done {
                try write([Float](repeating: 0, count: (position - done) * channels)[...])
                done = position
            }
            let skip = max(0, done - position) * channels
            guard skip < samples.count else { continue }
            let piece = samples[skip..<min(samples.count, skip + (wanted - done) * channels)]
            try write(piece)
            done += piece.count / channels
        }
        while done < wanted {
            let piece = min(wanted - done, Self.rate)
            try write([Float](repeating: 0, count: piece * channels)[...])
            done += piece
        }
        count = end
        try noteLoudness()
        let part = SpooledAudio.Part(start: start, count: end - start, before: before, after: after, place: place)
        parts.append(part)
        measuring = BackgroundTask { [file] in try file.loudness(of: part.stored) }
    }

    /// All that was taken.
    func finish() throws -> SpooledAudio {
        try noteLoudness()
        return SpooledAudio(file: file, parts: parts, count: count)
    }

    private func noteLoudness() throws {
        guard let measured = measuring else { return }
        measuring = nil
        parts[parts.count - 1].loudness = try measured.value()
    }

    private func write(_ samples: ArraySlice<Float>) throws {
        try file.write(samples.span, at: written)
        written += samples.count / file.channels
    }

    /// No block of audio is longer.
    private static let margin = MediaTime(ticks: 1, timescale: 1)
    /// Two milliseconds: what containers round timestamps of audio by.
    private static let slip = rate / 500
}
