internal import CLibAV
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Feeds libav from one open file, so that no protocol, link or second file is ever reached.
///
/// The file is opened once, must be regular, and is only read.
final class FileReader {
    /// The file, for messages.
    let path: FilePath
    /// Its size when it was opened, in bytes.
    let size: Int64
    let interrupt: Interrupt
    private let descriptor: Descriptor
    private var position: Int64 = 0
    private(set) var context: UnsafeMutablePointer<AVIOContext>?

    private static let bufferSize = 1 << 18

    init(_ path: FilePath, interrupt: Interrupt) throws {
        let descriptor = try Self.open(path)
        size = try descriptor.status(path).size
        self.path = path
        self.interrupt = interrupt
        self.descriptor = descriptor
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
    }

    private static func open(_ path: FilePath) throws -> Descriptor {
        do { return try Descriptor.openRegular(path) } catch {
            throw MediaError("open", "'\(path.display)'", code: moments_averror(error.code))
        }
    }

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> FileReader? {
        opaque.map { Unmanaged<FileReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func read(into buffer: UnsafeMutablePointer<UInt8>?, count: CInt) -> CInt {
        if interrupt.isRequested { return moments_averror_exit }
        do {
            let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
            let got = try descriptor.read(into: target, at: position, of: path)
            position += Int64(got)
            return got > 0 ? CInt(got) : moments_averror_eof
        } catch {
            return moments_averror(error.code)
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
