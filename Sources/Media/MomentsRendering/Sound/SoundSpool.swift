internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// The sound of a reel's shots, one after another, in a temporary file: hours of it need no memory.
///
/// Each shot has exactly the samples its pictures last, and some more on each side for fading into its neighbours; where
/// the source has none there is silence.
final class SoundSpool {
    /// The samples of one shot.
    struct Part {
        /// The first sample of each channel, counted from the reel's start.
        let start: Int
        /// Samples of each channel.
        let count: Int
        /// Further samples on each side of them, for fading into the neighbours; 0 at the reel's ends.
        let before: Int
        let after: Int
        /// Where the first of all of them stands in the file.
        let place: Int
        /// The shot's own loudness in LUFS; minus infinity for silence.
        let loudness: Double
    }

    let channels: Int
    private(set) var parts: [Part] = []
    private let path: FilePath
    private let file: Int32
    private var written = 0
    /// When the last block read starts.
    private var lastRead = MediaTime.zero

    static let rate = ReelWriter.soundRate

    init(_ path: FilePath, channels: Int) throws(SystemError) {
        self.path = path
        self.channels = channels
        file = try Descriptor.open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o600).relinquish()
    }

    deinit {
        close(file)
        try? Folder.removeFile(path)
    }

    /// The reel's samples of each channel so far.
    private(set) var count = 0

    /// Goes on after silence: what comes next starts at this sample of the reel.
    func pause(until start: Int) {
        // A sample or two is rounding, no silence.
        if start - count > Self.slip { count = start }
    }

    /// Takes one shot's sound from the source.
    ///
    /// - Parameters:
    ///   - shot: The stretch of the source.
    ///   - end: The sample of the reel at which the shot ends.
    ///   - before: How many samples are taken from before it.
    ///   - after: How many are taken from behind it.
    ///   - reader: Decodes the sound; it is sought.
    ///   - converter: To the reel's rate and channels.
    /// - Throws: `RenderError` when the source cannot be read or the temporary file not be written.
    func append(
        _ shot: TimeRange,
        until end: Int,
        before: Int,
        after: Int,
        from reader: MediaReader,
        _ converter: SoundConverter
    ) throws(RenderError) {
        guard var meter = LoudnessMeter(channels: channels) else {
            throw .system(SystemError("measure the sound for", path, code: ENOMEM))
        }
        let (start, place) = (count, written)
        let wanted = before + (end - start) + after
        let origin = shot.start - MediaTime(ticks: Int64(before), timescale: Int64(Self.rate))
        var done = 0
        do {
            // Where the clock jumps, seeking means starting over: then reading on is the quicker way.
            let mayReadOn = reader.source.index.hasJumps && origin - lastRead > Self.margin
            if !mayReadOn { try reader.seek(to: origin) }
            while done < wanted, case .sound(let time) = try reader.next() {
                let begin = try reader.withFrame { (frame) throws(MediaError) in
                    try converter.convert(frame, time: time)
                }
                lastRead = time
                let heard = Int((begin - origin).timestamp(in: Rational(1, Int64(Self.rate))))
                if heard >= wanted { break }
                let samples = converter.samples
                // A sample's slip is rounding; more is a gap to fill or an overlap to drop.
                let position = abs(heard - done) <= Self.slip ? done : heard
                if position > done {
                    try write([Float](repeating: 0, count: (position - done) * channels), &meter)
                    done = position
                }
                let skip = max(0, done - position) * channels
                guard skip < samples.count else { continue }
                let piece = Array(samples[skip..<min(samples.count, skip + (wanted - done) * channels)])
                try write(piece, &meter)
                done += piece.count / channels
            }
            while done < wanted {
                let piece = min(wanted - done, Self.rate)
                try write([Float](repeating: 0, count: piece * channels), &meter)
                done += piece
            }
        } catch let error as MediaError { throw .media(error) } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .system(SystemError("keep the sound in", path, code: EIO))
        }
        count = end
        parts.append(
            Part(
                start: start,
                count: end - start,
                before: before,
                after: after,
                place: place,
                loudness: meter.integrated
            )
        )
    }

    /// The samples of each channel from a place in the file on: `count` of them, fewer at the end.
    func read(_ count: Int, at start: Int) throws(SystemError) -> [Float] {
        let wanted = min(count, written - start) * channels
        guard wanted > 0 else { return [] }
        var failure = false
        let samples = [Float](unsafeUninitializedCapacity: wanted) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            var done = 0
            let offset = start * channels * MemoryLayout<Float>.size
            while done < wanted * MemoryLayout<Float>.size {
                let got = pread(file, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
                if got < 0, errno == EINTR { continue }
                if got <= 0 {
                    failure = true
                    break
                }
                done += got
            }
            filled = failure ? 0 : wanted
        }
        if failure { throw SystemError("read", path, code: EIO) }
        return samples
    }

    private func write(_ samples: [Float], _ meter: inout LoudnessMeter) throws(SystemError) {
        meter.add(samples.span)
        var failure: CInt = 0
        samples.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let wrote = Glibc.write(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if wrote < 0, errno == EINTR { continue }
                if wrote < 0 {
                    failure = errno
                    return
                }
                done += wrote
            }
        }
        if failure != 0 { throw SystemError("write", path, code: failure) }
        written += samples.count / channels
    }

    /// No block of sound is longer.
    private static let margin = MediaTime(ticks: 1, timescale: 1)
    /// Two milliseconds: what containers round timestamps of sound by.
    private static let slip = rate / 500
}
