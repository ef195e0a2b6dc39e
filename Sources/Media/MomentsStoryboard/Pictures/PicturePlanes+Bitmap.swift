public import MomentsCore
public import MomentsMedia

extension PicturePlanes {
    /// A painted picture, over black where it is not opaque.
    public init(_ bitmap: Bitmap) {
        let count = bitmap.width * bitmap.height
        var planes = [[UInt8]](repeating: [UInt8](repeating: 128, count: count), count: 3)
        for place in 0..<count {
            let start = place * Bitmap.channels
            let (red, green, blue) = (
                Float(bitmap.bytes[start]), Float(bitmap.bytes[start + 1]), Float(bitmap.bytes[start + 2])
            )
            // BT.709, limited range.
            let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
            planes[0][place] = UInt8(16 + luma * 219 / 255 + 0.5)
            planes[1][place] = UInt8(128 + (blue - luma) / 1.8556 * 224 / 255 + 0.5)
            planes[2][place] = UInt8(128 + (red - luma) / 1.5748 * 224 / 255 + 0.5)
        }
        self.init(width: bitmap.width, height: bitmap.height, planes: planes)
    }
}
