internal import CLibAV
internal import MomentsCore

/// Brings wide and HDR frames to ordinary colours by a table, in a small part of the memory float filters take.
///
/// Frames in are limited-range 10-bit YUV 4:2:0 of BT.2020, frames out 8-bit 4:2:0 of BT.709 colours.
/// Costs about 14 ms for 1080p. Used on one thread.
final class ToneMapper {
    let table: ToneTable
    private let output: FrameBox

    init(_ key: ToneTable.Key) throws {
        table = ToneTable.shared(key)
        output = try FrameBox()
    }

    /// Lends the mapped frame to `body`.
    func map(
        _ frame: borrowing Frame,
        _ body: (borrowing Frame) throws -> Void
    ) throws {
        let (from, to) = (frame.raw, output.value.raw)
        guard from.pointee.format == AV_PIX_FMT_YUV420P10LE.rawValue else {
            throw MediaError("tone-map", "a picture", code: moments_averror(EINVAL))
        }
        av_frame_unref(to)
        try check(av_frame_copy_props(to, from), "tone-map", "a picture")
        to.pointee.format = (table.key.isFullRange ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P).rawValue
        (to.pointee.width, to.pointee.height) = (from.pointee.width, from.pointee.height)
        to.pointee.color_range = table.key.isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
        to.pointee.colorspace = table.key.matrix == "bt709" ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M
        (to.pointee.color_trc, to.pointee.color_primaries) = (AVCOL_TRC_BT709, AVCOL_PRI_BT709)
        try check(av_frame_get_buffer(to, 0), "tone-map", "a picture")
        fill(to.pointee, from.pointee)
        try body(output.value)
    }

    private func fill(_ to: AVFrame, _ from: AVFrame) {
        guard let y = from.data.0, let cb = from.data.1, let cr = from.data.2,
            let outY = to.data.0, let outB = to.data.1, let outR = to.data.2
        else { return }
        let (width, height) = (Int(from.width), Int(from.height))
        table.luma.withUnsafeBufferPointer { luma in
            table.chroma.withUnsafeBufferPointer { chroma in
                for row in 0..<height / 2 {
                    let upper = UnsafeRawPointer(y + 2 * row * Int(from.linesize.0))
                    let lower = UnsafeRawPointer(y + (2 * row + 1) * Int(from.linesize.0))
                    Self.fillRows(
                        width / 2,
                        luma,
                        chroma,
                        (
                            upper.assumingMemoryBound(to: UInt16.self), lower.assumingMemoryBound(to: UInt16.self),
                            UnsafeRawPointer(cb + row * Int(from.linesize.1)).assumingMemoryBound(to: UInt16.self),
                            UnsafeRawPointer(cr + row * Int(from.linesize.2)).assumingMemoryBound(to: UInt16.self)
                        ),
                        (
                            outY + 2 * row * Int(to.linesize.0), outY + (2 * row + 1) * Int(to.linesize.0),
                            outB + row * Int(to.linesize.1), outR + row * Int(to.linesize.2)
                        )
                    )
                }
            }
        }
    }

    private typealias Source = (
        UnsafePointer<UInt16>, UnsafePointer<UInt16>, UnsafePointer<UInt16>, UnsafePointer<UInt16>
    )
    private typealias Target = (
        UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>,
        UnsafeMutablePointer<UInt8>
    )

    /// Two rows of brightness and the row of colour they share.
    ///
    /// Weights sum to 32 · 32 · 16 and values are at most 255 · 64, so that no sum passes 2^28.
    private static func fillRows(
        _ count: Int,
        _ luma: UnsafeBufferPointer<Int16>,
        _ chroma: UnsafeBufferPointer<SIMD2<Int16>>,
        _ from: Source,
        _ to: Target
    ) {
        for column in 0..<count {
            let (cb, cr) = (Int(from.2[column] & 1023), Int(from.3[column] & 1023))
            let (right, below) = (Int32(cb & 31), Int32(cr & 31))
            let start = ((cb >> 5) * ToneTable.chromaNodes + (cr >> 5)) * ToneTable.lumaNodes
            let corners = (start, start + ToneTable.lumaNodes, start + ToneTable.chromaNodes * ToneTable.lumaNodes)
            let last = corners.2 + ToneTable.lumaNodes
            let weights = (
                (32 &- right) &* (32 &- below), (32 &- right) &* below, right &* (32 &- below), right &* below
            )
            func bright(_ value: UInt16, _ dither: Int32) -> UInt8 {
                let node = Int(value & 1023) >> 4
                let part = Int32(value & 15)
                func at(_ node: Int) -> Int32 {
                    weights.0 &* Int32(luma[corners.0 + node]) &+ weights.1 &* Int32(luma[corners.1 + node])
                        &+ weights.2 &* Int32(luma[corners.2 + node]) &+ weights.3 &* Int32(luma[last + node])
                }
                // A fixed pattern of four thresholds keeps smooth skies from showing steps.
                return UInt8(clamping: (at(node) &* (16 &- part) &+ at(node + 1) &* part &+ dither) >> 20)
            }
            let (a, b) = (from.0[2 * column], from.0[2 * column + 1])
            let (c, d) = (from.1[2 * column], from.1[2 * column + 1])
            to.0[2 * column] = bright(a, 1 << 17)
            to.0[2 * column + 1] = bright(b, 5 << 17)
            to.1[2 * column] = bright(c, 7 << 17)
            to.1[2 * column + 1] = bright(d, 3 << 17)
            let node = Int((a & 1023) + (b & 1023) + (c & 1023) + (d & 1023) + 32) >> 6
            func color(_ place: Int, _ weight: Int32) -> SIMD2<Int32> {
                SIMD2<Int32>(truncatingIfNeeded: chroma[place + node]) &* weight
            }
            let sum =
                color(corners.0, weights.0) &+ color(corners.1, weights.1) &+ color(corners.2, weights.2)
                &+ color(last, weights.3)
            to.2[column] = UInt8(clamping: (sum.x &+ 1 << 15) >> 16)
            to.3[column] = UInt8(clamping: (sum.y &+ 1 << 15) >> 16)
        }
    }
}
