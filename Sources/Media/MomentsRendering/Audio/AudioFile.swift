internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Interleaved samples in a temporary file, which goes when nobody needs it any more.
///
/// Appended to on one thread; what has been appended may be read on any.
final class AudioFile: Sendable {
    let path: FilePath
    let channels: Int
    private let file: Int32

    init(_ path: FilePath, channels: Int) throws(SystemError) {
        self.path = path
        self.channels = channels
        file = try Descriptor.open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o600).relinquish()
    }

    deinit {
        close(file)
        try? Folder.removeFile(path)
    }

    func append(_ samples: Span<Float>) throws(SystemError) {
        var failure: CInt = 0
        samples.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let wrote = write(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if wrote < 0, errno == EINTR { continue }
                if wrote < 0 {
                    failure = errno
                    return
                }
                done += wrote
            }
        }
        if failure != 0 { throw SystemError("write", path, code: failure) }
    }

    /// The samples of each channel from a place in the file on, which must be there.
    func read(_ count: Int, at start: Int) throws(SystemError) -> [Float] {
        let wanted = count * channels
        var failure = false
        let samples = [Float](unsafeUninitializedCapacity: wanted) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            let offset = start * channels * MemoryLayout<Float>.size
            var done = 0
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

    /// The loudness of a segment of samples, in LUFS; minus infinity for silence.
    func loudness(of range: Range<Int>) throws(SystemError) -> Double {
        guard var meter = LoudnessMeter(channels: channels) else {
            throw SystemError("measure the sound in", path, code: ENOMEM)
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
