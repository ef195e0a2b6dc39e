public import MomentsEncoding

extension StillImage {
    /// The picture so far out of the dark, from 0 to 1.
    public func faded(to share: Double) -> StillImage {
        let factor = Int32((min(max(share, 0), 1) * 256).rounded())
        func mixed(_ plane: [UInt8], around zero: Int32) -> [UInt8] {
            plane.map { UInt8(truncatingIfNeeded: zero + ((Int32($0) - zero) * factor) >> 8) }
        }
        return StillImage(
            width: width,
            height: height,
            luma: mixed(luma, around: 16),
            cb: mixed(cb, around: 128),
            cr: mixed(cr, around: 128)
        )
    }
}
