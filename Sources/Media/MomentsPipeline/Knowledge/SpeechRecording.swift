internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// A video's sound as recognisers take it: WAV of 16 bits, 16 kHz and one channel, on the video's own clock.
enum SpeechRecording {
    /// Samples per second.
    private static let rate = 16_000
    /// What a WAV file can hold, in samples: 34 hours.
    private static let most = Int(UInt32.max / 2) - 64

    /// Writes it.
    ///
    /// - Parameters:
    ///   - source: A video with sound.
    ///   - path: The file; it must not be there.
    ///   - interrupt: Stops it at the next block.
    ///   - progress: Told the share done, 0–1.
    /// - Throws: `MediaError` or `SystemError`.
    static func write(
        _ source: MediaSource,
        to path: FilePath,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws {
        let file = try Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        try file.write(header(samples: 0), to: path)
        let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
        let converter = AudioConverter(rate: rate, channels: 1)
        var (written, waiting) = (0, [UInt8]())
        let length = max(0.001, source.duration.seconds)
        while case .audio(let time) = try reader.next() {
            if interrupt.isRequested { throw MediaError.interrupted("hear", "'\(source.path.name.display)'") }
            let start = try reader.withFrame { try converter.convert($0, time: time) }
            var samples = converter.samples[...]
            let place = Int((max(-1, min(start.seconds, 1e9)) * Double(rate)).rounded())
            // A gap stays one, and what overlaps is heard once.
            if place > written {
                let gap = min(place - written, most - written)
                try pour(&waiting, [UInt8](repeating: 0, count: 2 * gap), file, path)
                written += gap
            } else {
                samples = samples.dropFirst(written - place)
            }
            samples = samples.prefix(most - written)
            try pour(&waiting, samples.flatMap { bytes(of: $0) }, file, path)
            written += samples.count
            progress(min(1, start.seconds / length))
        }
        try file.write(waiting, to: path)
        let head = header(samples: written)
        guard head.withUnsafeBytes({ pwrite(file.number, $0.baseAddress, $0.count, 0) }) == head.count else {
            throw SystemError("write", path, code: errno)
        }
    }

    /// Collects small blocks to larger ones.
    private static func pour(
        _ waiting: inout [UInt8],
        _ bytes: [UInt8],
        _ file: borrowing Descriptor,
        _ path: FilePath
    ) throws {
        waiting += bytes
        guard waiting.count >= 1 << 20 else { return }
        try file.write(waiting, to: path)
        waiting = []
    }

    private static func bytes(of sample: Float) -> [UInt8] {
        let value = UInt16(bitPattern: Int16(max(-32_768, min(32_767, (sample * 32_767).rounded()))))
        return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }

    private static func header(samples: Int) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let bytes = 2 * samples
        return Array("RIFF".utf8) + number(36 + bytes, 4) + Array("WAVEfmt ".utf8) + number(16, 4) + number(1, 2)
            + number(1, 2) + number(rate, 4) + number(2 * rate, 4) + number(2, 2) + number(16, 2) + Array("data".utf8)
            + number(bytes, 4)
    }
}
