public import MomentsCore

/// Reads all the sound of a file at once.
public enum AudioReader {
    /// Decodes the first track of sound.
    ///
    /// - Parameters:
    ///   - path: The file, of any kind libav knows.
    ///   - rate: Samples per second that are wanted.
    ///   - channels: Channels that are wanted.
    ///   - longest: More seconds than these are refused.
    ///   - interrupt: Stops the work.
    /// - Returns: Interleaved samples; empty where nothing decodes.
    /// - Throws: `MediaError` where it holds no sound, or too much.
    public static func samples(
        of path: FilePath,
        rate: Int,
        channels: Int,
        longest: Double,
        interrupt: Interrupt
    ) throws -> [Float] {
        let input = try Input(path, interrupt: interrupt)
        guard let stream = input.streams.first(where: { $0.kind == .audio }) else {
            throw MediaError.unfit("there is no sound in it")
        }
        let reader = try FrameReader(
            SourceFiles(path),
            known: nil,
            timeline: .plain,
            interrupt: interrupt,
            streams: [stream.index],
            threads: 1
        )
        let converter = AudioConverter(rate: rate, channels: channels)
        let most = Int(longest * Double(rate)) * channels
        var samples: [Float] = []
        while try reader.next() != nil {
            _ = try converter.convert(reader.frame.value, time: reader.frameTime)
            samples += converter.samples
            if samples.count > most { throw MediaError.unfit("it is longer than \(Int(longest)) s") }
        }
        return samples
    }
}
