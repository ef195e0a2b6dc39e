internal import MomentsAnalysis
internal import MomentsEncoding
internal import MomentsMedia

/// Which part of the source's pictures a reel's frames show.
struct FrameView {
    /// The frames' width in pixels, as shown.
    let width: Int
    /// Their height in pixels, as shown.
    let height: Int
    private let window: CropWindow?
    /// The window's sides as shares of the whole picture's.
    private let shares: (width: Double, height: Double)

    /// Frames that were prepared, and perhaps cut.
    init(_ preparation: FramePreparation, _ window: CropWindow?) {
        (width, height) = (window?.width ?? preparation.width, window?.height ?? preparation.height)
        self.window = window
        shares = (Double(width) / Double(preparation.width), Double(height) / Double(preparation.height))
    }

    /// Frames as the source has them.
    init(_ format: VideoFormat) {
        (width, height) = format.displaySize
        (window, shares) = (nil, (1, 1))
    }

    /// Where a part of a frame lies in the source's picture.
    ///
    /// - Parameters:
    ///   - box: In shares of the frame's sides.
    ///   - shot: The shot's number.
    ///   - seconds: When the reel shows it.
    /// - Returns: In shares of the picture's sides.
    func source(of box: Box, shot: Int, at seconds: Double) -> Box {
        guard let window else { return box }
        let middle = shot < window.paths.count ? window.paths[shot].place(at: seconds) : .middle
        func edge(_ middle: Double, _ side: Double) -> Double { min(max(middle - side / 2, 0), 1 - side) }
        return Box(
            x: edge(middle.x, shares.width) + box.x * shares.width,
            y: edge(middle.y, shares.height) + box.y * shares.height,
            width: box.width * shares.width,
            height: box.height * shares.height
        )
    }

    /// A rectangle of pixels in shares of the frame's sides.
    func box(x: Int, y: Int, width: Int, height: Int) -> Box {
        Box(
            x: Double(x) / Double(self.width),
            y: Double(y) / Double(self.height),
            width: Double(width) / Double(self.width),
            height: Double(height) / Double(self.height)
        )
    }
}
