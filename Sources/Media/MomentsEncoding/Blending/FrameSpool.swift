internal import CLibAV
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Frames kept in a temporary file for a moment: half a second of 4K needs no memory.
///
/// Used on one thread.
final class FrameSpool {
    private let path: FilePath
    private let kept: FrameBox
    private var file: ScratchFile?
    private var frames: [(time: MediaTime, form: FrameFormat, place: Int)] = []
    private var written = 0
    /// Which frame `kept` holds.
    private var loaded: Int?

    /// Makes a spool; nothing is written before the first frame.
    init(_ path: FilePath) throws {
        self.path = path
        kept = try FrameBox()
    }

    /// Forgets all frames.
    func clear() {
        (frames, loaded, written, file) = ([], nil, 0, nil)
    }

    /// Keeps a frame that is shown later than the ones before.
    func keep(_ frame: borrowing Frame, at time: MediaTime) throws {
        let file = try self.file ?? ScratchFile(path)
        self.file = file
        let raw = frame.raw.pointee
        let format = AVPixelFormat(raw.format)
        let planes: [UnsafePointer<UInt8>?] = [
            UnsafePointer(raw.data.0), UnsafePointer(raw.data.1), UnsafePointer(raw.data.2), UnsafePointer(raw.data.3),
        ]
        let strides = [raw.linesize.0, raw.linesize.1, raw.linesize.2, raw.linesize.3]
        var bytes = [UInt8](repeating: 0, count: try size(FrameFormat(raw)))
        let count = CInt(bytes.count)
        try check(
            av_image_copy_to_buffer(&bytes, count, planes, strides, format, raw.width, raw.height, 1),
            "keep",
            "a picture"
        )
        try bytes.withUnsafeBytes { try file.write($0, at: written) }
        frames.append((time, FrameFormat(raw), written))
        written += bytes.count
    }

    /// Lends the frame that is on at a time, before the first that one; none where there is none.
    func withFrame(
        at time: MediaTime,
        _ body: (borrowing Frame) throws -> Void
    ) throws {
        guard !frames.isEmpty else { return }
        let number = frames.lastIndex { $0.time <= time } ?? 0
        if loaded != number { try load(number) }
        try body(kept.value)
    }

    private func load(_ number: Int) throws {
        let (_, form, place) = frames[number]
        let raw = kept.value.raw
        av_frame_unref(raw)
        (raw.pointee.format, raw.pointee.width, raw.pointee.height) = (form.format, form.width, form.height)
        try check(av_frame_get_buffer(raw, 0), "keep", "a picture")
        var bytes = [UInt8](repeating: 0, count: try size(form))
        try bytes.withUnsafeMutableBytes { try file?.read(into: $0, at: place) }
        let format = AVPixelFormat(form.format)
        let target = raw.pointee
        bytes.withUnsafeMutableBufferPointer { buffer in
            var planes: [UnsafeMutablePointer<UInt8>?] = [nil, nil, nil, nil]
            var strides: [CInt] = [0, 0, 0, 0]
            av_image_fill_arrays(&planes, &strides, buffer.baseAddress, format, form.width, form.height, 1)
            var own = [target.data.0, target.data.1, target.data.2, target.data.3]
            var source: [UnsafePointer<UInt8>?] = planes.map { UnsafePointer($0) }
            var steps = [target.linesize.0, target.linesize.1, target.linesize.2, target.linesize.3]
            av_image_copy(&own, &steps, &source, strides, format, form.width, form.height)
        }
        loaded = number
    }

    private func size(_ form: FrameFormat) throws -> Int {
        let format = AVPixelFormat(form.format)
        return Int(try check(av_image_get_buffer_size(format, form.width, form.height, 1), "keep", "a picture"))
    }
}
