/// The part of a picture that is shown at a moment, in pixels of the picture.
public struct Window: Hashable, Sendable {
    /// Its left edge.
    public var x: Double
    /// Its upper edge.
    public var y: Double
    /// Its width.
    public var width: Double
    /// Its height.
    public var height: Double

    /// Makes a window.
    public init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    /// The part between two, at a share from 0 to 1 of the way: inside a picture where both are.
    func between(_ other: Window, _ share: Double) -> Window {
        func mix(_ one: Double, _ two: Double) -> Double { one + (two - one) * share }
        return Window(
            x: mix(x, other.x),
            y: mix(y, other.y),
            width: mix(width, other.width),
            height: mix(height, other.height)
        )
    }
}
