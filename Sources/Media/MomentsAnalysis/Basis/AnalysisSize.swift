/// The size of the small frames that are analysed: one for the whole job, whatever the video does.
///
/// Both sides are multiples of 16, so that blocks of 8 × 8 fit exactly in the luma and in the halved chroma planes. The
/// aspect is kept to the nearest such size, but no side falls below 32: very long frames are squeezed.
public struct AnalysisSize: Hashable, Codable, Sendable {
    /// The luma plane's width in pixels; the chroma planes have half of it.
    public let width: Int
    /// The luma plane's height in pixels; the chroma planes have half of it.
    public let height: Int

    /// The longer side in pixels.
    ///
    /// At 192, blocks of 8 pixels are a 24th of the frame: fine enough to tell a player from the
    /// field, coarse enough that grain and compression average out, at a sixth of the cost of 480.
    static let longSide = 192

    /// Makes the size for a video's shown shape.
    ///
    /// - Parameters:
    ///   - width: The frame's width as shown; at least 1.
    ///   - height: The frame's height as shown; at least 1.
    public init(fitting width: Int, _ height: Int) {
        let (width, height) = (max(width, 1), max(height, 1))
        let scale = Double(Self.longSide) / Double(max(width, height))
        func side(_ pixels: Int) -> Int {
            min(max(Int((Double(pixels) * scale / 16).rounded()) * 16, 32), Self.longSide)
        }
        self.width = side(width)
        self.height = side(height)
    }

    /// Makes exactly this size, for tests; both sides must be multiples of 16 and at least 32.
    package init(width: Int, height: Int) {
        precondition(width % 16 == 0 && height % 16 == 0 && min(width, height) >= 32)
        self.width = width
        self.height = height
    }
}
