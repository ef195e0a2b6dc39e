/// A rectangle in shares of the upright picture's width and height.
public struct Box: Hashable, Codable, Sendable {
    /// The left edge, 0…1.
    public let x: Double
    /// The upper edge, 0…1.
    public let y: Double
    /// The width, 0…1.
    public let width: Double
    /// The height, 0…1.
    public let height: Double

    /// Makes a rectangle.
    public init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    /// The share of the picture it covers.
    public var area: Double { width * height }
    /// Half-way across.
    public var centerX: Double { x + width / 2 }
    /// Half-way down.
    public var centerY: Double { y + height / 2 }

    /// What two rectangles have in common, as a share of what they cover together: 0…1.
    public func overlap(_ other: Box) -> Double {
        let shared = common(other)
        let together = area + other.area - shared
        return together > 0 ? shared / together : 0
    }

    /// The area two rectangles have in common.
    public func common(_ other: Box) -> Double {
        let across = min(x + width, other.x + other.width) - max(x, other.x)
        let down = min(y + height, other.y + other.height) - max(y, other.y)
        return max(0, across) * max(0, down)
    }

    /// What of it lies inside the picture.
    public var inside: Box {
        let (left, top) = (min(max(x, 0), 1), min(max(y, 0), 1))
        return Box(
            x: left,
            y: top,
            width: min(max(x + width, 0), 1) - left,
            height: min(max(y + height, 0), 1) - top
        )
    }

    /// The rectangle a share of the way to another one.
    public func mixed(_ other: Box, _ share: Double) -> Box {
        func mix(_ one: Double, _ two: Double) -> Double { one + (two - one) * share }
        return Box(
            x: mix(x, other.x),
            y: mix(y, other.y),
            width: mix(width, other.width),
            height: mix(height, other.height)
        )
    }
}
