internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Interleaved samples in a temporary file.
///
/// Written on one thread; what has been written may be read on any.
final class AudioFile: Sendable {
    let channels: Int
    private let file: ScratchFile

    init(_ path: FilePath, channels: Int) throws {
        self.channels = channels
        file = try ScratchFile(path)
    }

    /// Writes samples of all channels to a place in the file, counted in samples of each channel.
    func write(_ samples: Span<Float>, at start: Int) throws {
        try samples.withUnsafeBytes { try file.write($0, at: start * channels * MemoryLayout<Float>.size) }
    }

    /// The samples of each channel from a place in the file on, which must be there.
    func read(_ count: Int, at start: Int) throws -> [Float] {
        let wanted = count * channels
        return try [Float](unsafeUninitializedCapacity: wanted) { buffer, filled in
            try file.read(
                into: UnsafeMutableRawBufferPointer(buffer),
                at: start * channels * MemoryLayout<Float>.size
            )
            filled = wanted
        }
    }

    /// The loudness of a segment of samples, in LUFS; minus infinity for silence.
    func loudness(of range: Range<Int>) throws -> Double {
        guard var meter = LoudnessMeter(channels: channels) else {
            throw SystemError("measure the sound in", file.path, code: ENOMEM)
        }
        var place = range.lowerBound
        while place < range.upperBound {
            let count = min(Self.piece, range.upperBound - place)
            let samples = try read(count, at: place)
            meter.add(samples.span)
            place += count
        }
        return meter.integrated
    }

    /// Samples of each channel read at once: what a processor keeps near.
    private static let piece = 9600
}
