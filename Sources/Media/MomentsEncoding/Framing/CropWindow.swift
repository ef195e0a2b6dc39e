internal import CLibAV
internal import MomentsMedia

/// The part of prepared frames that a reel shows.
public struct CropWindow: Hashable, Sendable {
    /// Its width in pixels; even.
    public let width: Int
    /// Its height in pixels; even.
    public let height: Int
    /// How it moves in each shot, on the reel's clock, by the shot's number; in the middle where there is none.
    public let paths: [CropPath]

    /// Makes a window.
    public init(width: Int, height: Int, paths: [CropPath]) {
        precondition(width.isMultiple(of: 2) && height.isMultiple(of: 2), "4:2:0 needs even sides")
        (self.width, self.height, self.paths) = (width, height, paths)
    }

    /// Makes a frame refer to its part inside the window; no pixel is copied.
    ///
    /// - Parameters:
    ///   - frame: A frame of 4:2:0, larger than the window.
    ///   - shot: The shot's number.
    ///   - seconds: When the reel shows it.
    /// - Throws: `MediaError`.
    func cut(_ frame: borrowing Frame, _ shot: Int, at seconds: Double) throws {
        let (across, down) = (Int(frame.raw.pointee.width) - width, Int(frame.raw.pointee.height) - height)
        let place = shot < paths.count ? paths[shot].place(at: seconds) : .middle
        func edge(_ share: Double, _ side: Int, _ room: Int) -> Int {
            // Colours are kept for every second pixel.
            let wanted = share * Double(side + room) - Double(side) / 2
            return min(max(Int((wanted / 2).rounded()) * 2, 0), max(0, room / 2 * 2))
        }
        let (left, top) = (edge(place.x, width, across), edge(place.y, height, down))
        frame.raw.pointee.crop_left = left
        frame.raw.pointee.crop_top = top
        frame.raw.pointee.crop_right = max(0, across - left)
        frame.raw.pointee.crop_bottom = max(0, down - top)
        try check(av_frame_apply_cropping(frame.raw, CInt(AV_FRAME_CROP_UNALIGNED)), "cut", "a picture")
    }
}
