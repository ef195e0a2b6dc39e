internal import CLibAV
internal import MomentsCore

/// Darkens pictures towards the ends of their shot.
enum PictureFade {
    /// How long a shot takes to come out of black, and to go back: a quarter of a second.
    private static let length = 0.25

    /// Darkens a picture in place.
    ///
    /// - Parameters:
    ///   - frame: 8-bit YUV of limited range.
    ///   - time: When the reel shows it.
    ///   - shot: When the reel shows its shot.
    /// - Throws: `MediaError` where memory runs out.
    static func apply(to frame: borrowing Frame, at time: MediaTime, of shot: TimeRange) throws(MediaError) {
        let reach = min(length, shot.duration.seconds / 2)
        let distance = min((time - shot.start).seconds, (shot.end - time).seconds)
        guard reach > 0, distance < reach else { return }
        // In 256ths: 0 is black, 256 leaves the picture as it is.
        let share = Int32(max(0, min(256, distance / reach * 256)))
        try check(av_frame_make_writable(frame.raw), "fade", "a picture")
        let halved = (frame.width + 1) / 2
        let planes = [
            (frame.raw.pointee.data.0, frame.raw.pointee.linesize.0, frame.width, frame.height, Int32(16)),
            (frame.raw.pointee.data.1, frame.raw.pointee.linesize.1, halved, (frame.height + 1) / 2, 128),
            (frame.raw.pointee.data.2, frame.raw.pointee.linesize.2, halved, (frame.height + 1) / 2, 128),
        ]
        for (start, stride, width, height, black) in planes {
            guard let start else { continue }
            for row in 0..<height {
                let line = UnsafeMutableBufferPointer(start: start + row * Int(stride), count: width)
                for place in line.indices {
                    line[place] = UInt8(clamping: black &+ ((Int32(line[place]) &- black) &* share) >> 8)
                }
            }
        }
    }
}
