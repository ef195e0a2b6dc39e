internal import CLibAV
internal import Glibc
internal import MomentsCore

/// Feeds libav from one open file, so that no protocol, link or second file is ever reached.
///
/// The file is opened once, must be regular, and is only read.
final class FileReader {
    /// The file, for messages.
    let path: FilePath
    /// Its size when it was opened, in bytes.
    let size: Int64
    let interrupt: Interrupt
    private let descriptor: CInt
    private var position: Int64 = 0
    private(set) var context: UnsafeMutablePointer<AVIOContext>?

    private static let bufferSize = 1 << 18

    init(_ path: FilePath, interrupt: Interrupt) throws(MediaError) {
        let text = path.bytes.map { CChar(bitPattern: $0) } + [0]
        let descriptor = open(text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw MediaError("open", "'\(path.display)'", code: moments_averror(errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            let code = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL
            throw MediaError("open", "'\(path.display)'", code: moments_averror(code))
        }
        self.path = path
        self.interrupt = interrupt
        self.descriptor = descriptor
        self.size = Int64(status.st_size)
        let buffer = av_malloc(Self.bufferSize)?.assumingMemoryBound(to: UInt8.self)
        // Unretained: the reader outlives its context, which `deinit` frees.
        context = avio_alloc_context(
            buffer,
            CInt(Self.bufferSize),
            0,
            Unmanaged.passUnretained(self).toOpaque(),
            { opaque, buffer, count in FileReader.from(opaque)?.read(into: buffer, count: count) ?? -1 },
            nil,
            { opaque, offset, origin in FileReader.from(opaque)?.seek(to: offset, from: origin) ?? -1 }
        )
    }

    deinit {
        if let context { av_free(context.pointee.buffer) }
        avio_context_free(&context)
        close(descriptor)
    }

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> FileReader? {
        opaque.map { Unmanaged<FileReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func read(into buffer: UnsafeMutablePointer<UInt8>?, count: CInt) -> CInt {
        if interrupt.isRequested { return moments_averror_exit }
        while true {
            let got = pread(descriptor, buffer, Int(count), off_t(position))
            if got > 0 {
                position += Int64(got)
                return CInt(got)
            }
            if got == 0 { return moments_averror_eof }
            if errno != EINTR { return moments_averror(errno) }
        }
    }

    private func seek(to offset: Int64, from origin: CInt) -> Int64 {
        if origin & AVSEEK_SIZE != 0 { return size }
        let start: Int64
        switch origin & 3 {
        case SEEK_CUR: start = position
        case SEEK_END: start = size
        default: start = 0
        }
        let (target, overflow) = start.addingReportingOverflow(offset)
        guard !overflow, target >= 0 else { return Int64(moments_averror(EINVAL)) }
        position = target
        return target
    }
}
