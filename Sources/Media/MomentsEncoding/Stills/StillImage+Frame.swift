internal import CLibAV
internal import MomentsMedia

extension StillImage {
    /// Copies a frame of 8-bit 4:2:0 planes with even sides; nil for any other.
    init?(_ frame: borrowing Frame) {
        let raw = frame.raw.pointee
        let (width, height) = (Int(raw.width), Int(raw.height))
        guard raw.format == AV_PIX_FMT_YUV420P.rawValue, width.isMultiple(of: 2), height.isMultiple(of: 2),
            let luma = raw.data.0, let cb = raw.data.1, let cr = raw.data.2
        else { return nil }
        func plane(_ data: UnsafeMutablePointer<UInt8>, _ stride: CInt, _ width: Int, _ height: Int) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
                for row in 0..<height {
                    buffer.baseAddress?.advanced(by: row * width).update(from: data + row * Int(stride), count: width)
                }
                count = width * height
            }
        }
        self.init(
            width: width,
            height: height,
            luma: plane(luma, raw.linesize.0, width, height),
            cb: plane(cb, raw.linesize.1, width / 2, height / 2),
            cr: plane(cr, raw.linesize.2, width / 2, height / 2)
        )
    }
}
