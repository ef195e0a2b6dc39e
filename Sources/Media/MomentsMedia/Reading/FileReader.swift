internal import CLibAV
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Feeds libav from open files, one nearly always, so that no protocol, link or other file is ever reached.
///
/// Each is opened once, must be regular, and is only read; several are read as if they were one.
final class FileReader {
    /// The first file, for messages.
    let path: FilePath
    /// Their size when they were opened, in bytes.
    let size: Int64
    /// How many bytes stand before each.
    let starts: [Int64]
    let interrupt: Interrupt
    private let pieces: [Piece]
    private var position: Int64 = 0
    private(set) var context: UnsafeMutablePointer<AVIOContext>?

    private static let bufferSize = 1 << 18

    /// One of the files.
    private final class Piece {
        let path: FilePath
        let descriptor: Descriptor
        let size: Int64

        init(_ path: FilePath) throws {
            self.path = path
            do { descriptor = try Descriptor.openRegular(path) } catch {
                throw MediaError("open", "'\(path.display)'", code: moments_averror(error.code))
            }
            size = try descriptor.status(path).size
        }
    }

    init(_ paths: [FilePath], interrupt: Interrupt) throws {
        let pieces = try paths.map { try Piece($0) }
        self.pieces = pieces
        path = paths.first ?? ""
        starts = pieces.indices.map { number in pieces[..<number].reduce(0) { $0 + $1.size } }
        size = pieces.reduce(0) { $0 + $1.size }
        self.interrupt = interrupt
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

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> FileReader? {
        opaque.map { Unmanaged<FileReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func read(into buffer: UnsafeMutablePointer<UInt8>?, count: CInt) -> CInt {
        if interrupt.isRequested { return moments_averror_exit }
        do {
            let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
            guard let number = starts.lastIndex(where: { $0 <= position }) else { return moments_averror_eof }
            let piece = pieces[number]
            let got = try piece.descriptor.read(into: target, at: position - starts[number], of: piece.path)
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
