/// The part of a frame in which text is neither cut off by a screen nor covered by what an app draws over a video.
public struct SafeArea: Hashable, Sendable {
    /// From the left edge, in pixels.
    public let left: Int
    /// From above, in pixels.
    public let top: Int
    /// Its width in pixels.
    public let width: Int
    /// Its height in pixels.
    public let height: Int

    /// The safe area of a frame.
    ///
    /// Wide and square frames leave 5 % at each side free (EBU R 95); upright ones more, where apps for phones draw
    /// names and buttons: 8 % above, 18 % below, 6 % at the sides.
    ///
    /// - Parameters:
    ///   - width: The frame's width in pixels.
    ///   - height: Its height.
    public init(width: Int, height: Int) {
        let isUpright = Double(height) > 1.3 * Double(width)
        let (side, above, below) = isUpright ? (0.06, 0.08, 0.18) : (0.05, 0.05, 0.06)
        func part(_ share: Double, _ length: Int) -> Int { Int((share * Double(length)).rounded()) }
        left = part(side, width)
        top = part(above, height)
        self.width = max(1, width - 2 * part(side, width))
        self.height = max(1, height - part(above, height) - part(below, height))
    }

    /// Where it ends on the right, in pixels.
    public var right: Int { left + width }

    /// Where it ends below, in pixels.
    public var bottom: Int { top + height }
}
