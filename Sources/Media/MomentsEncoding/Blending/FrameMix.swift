internal import CLibAV
internal import MomentsMedia

/// Mixes frames value by value, whatever their format's planes and depth.
enum FrameMix {
    /// How much of a frame is seen, in 256ths.
    static func weight(_ share: Double) -> Int32 { Int32((min(max(share, 0), 1) * 256).rounded()) }

    /// Mixes another frame of the same form into one: `weight` 256ths of its own are left.
    static func mix(_ other: borrowing Frame, into frame: borrowing Frame, weight: Int32) throws {
        try forEachPlane(of: frame) { plane, rows, bytes, depth in
            guard let source = Self.plane(other, plane), let target = Self.plane(frame, plane) else { return }
            for row in 0..<rows {
                let (a, b) = (target.start + row * target.stride, source.start + row * source.stride)
                if depth > 8 {
                    blend(pairs(a, bytes), pairs(b, bytes), weight)
                } else {
                    blend(
                        UnsafeMutableBufferPointer(start: a, count: bytes),
                        UnsafeMutableBufferPointer(start: b, count: bytes),
                        weight
                    )
                }
            }
        }
    }

    /// Darkens a frame towards black: `weight` 256ths of it are left.
    static func darken(_ frame: borrowing Frame, weight: Int32) throws {
        let form = FrameFormat(frame.raw.pointee)
        try forEachPlane(of: frame) { plane, rows, bytes, depth in
            guard let target = Self.plane(frame, plane) else { return }
            let lowest: Int32 = form.isFullRange ? 0 : 16
            let black = (plane == 0 || form.isRGB ? lowest : 128) << Int32(depth - 8)
            for row in 0..<rows {
                let line = target.start + row * target.stride
                if depth > 8 {
                    pull(pairs(line, bytes), to: black, weight)
                } else {
                    pull(UnsafeMutableBufferPointer(start: line, count: bytes), to: black, weight)
                }
            }
        }
    }

    private static func plane(
        _ frame: borrowing Frame,
        _ number: Int
    ) -> (start: UnsafeMutablePointer<UInt8>, stride: Int)? {
        let (data, strides) = (frame.raw.pointee.data, frame.raw.pointee.linesize)
        let start = [data.0, data.1, data.2, data.3][number]
        let stride = Int([strides.0, strides.1, strides.2, strides.3][number])
        return start.map { ($0, stride) }
    }

    /// Makes a frame writable and hands over each of its planes: number, rows, bytes in a row, bits in a value.
    private static func forEachPlane(
        of frame: borrowing Frame,
        _ body: (Int, Int, Int, Int) -> Void
    ) throws {
        try check(av_frame_make_writable(frame.raw), "mix", "a picture")
        let format = AVPixelFormat(frame.raw.pointee.format)
        guard let description = av_pix_fmt_desc_get(format)?.pointee else { return }
        for plane in 0..<Int(max(0, av_pix_fmt_count_planes(format))) {
            let bytes = Int(av_image_get_linesize(format, frame.raw.pointee.width, CInt(plane)))
            let shift = plane == 1 || plane == 2 ? Int(description.log2_chroma_h) : 0
            body(plane, (frame.height + (1 << shift) - 1) >> shift, bytes, Int(description.comp.0.depth))
        }
    }

    private static func pairs(_ line: UnsafeMutablePointer<UInt8>, _ bytes: Int) -> UnsafeMutableBufferPointer<UInt16> {
        UnsafeMutableRawBufferPointer(start: line, count: bytes).bindMemory(to: UInt16.self)
    }

    // Values have at most 16 bits and weights 8, so that no product passes 2^25.

    private static func blend<Value: FixedWidthInteger & UnsignedInteger>(
        _ a: UnsafeMutableBufferPointer<Value>,
        _ b: UnsafeMutableBufferPointer<Value>,
        _ weight: Int32
    ) {
        let rest = 256 &- weight
        for place in 0..<a.count {
            let sum = Int32(truncatingIfNeeded: a[place]) &* weight &+ Int32(truncatingIfNeeded: b[place]) &* rest
            a[place] = Value(truncatingIfNeeded: (sum &+ 128) >> 8)
        }
    }

    private static func pull<Value: FixedWidthInteger & UnsignedInteger>(
        _ line: UnsafeMutableBufferPointer<Value>,
        to black: Int32,
        _ weight: Int32
    ) {
        for place in line.indices {
            let value = Int32(truncatingIfNeeded: line[place])
            line[place] = Value(truncatingIfNeeded: black &+ ((value &- black) &* weight) >> 8)
        }
    }
}
