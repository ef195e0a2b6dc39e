public import MomentsCore
public import MomentsEncoding
internal import MomentsMedia

/// Which part of the picture a reel of another shape shows.
public struct ReelFraming: Hashable, Sendable {
    /// The shape.
    public let aspect: ReelAspect
    /// How the window moves in each shot, in seconds of the source; in the middle where there is none.
    public let paths: [CropPath]

    /// Makes a framing.
    public init(aspect: ReelAspect, paths: [CropPath]) { (self.aspect, self.paths) = (aspect, paths) }

    /// Lays the window over frames of a size.
    ///
    /// - Parameters:
    ///   - size: Of the prepared frames; even.
    ///   - shots: What the reel shows, in the source.
    ///   - places: Where the reel shows it.
    /// - Returns: The window on the reel's clock; nil where frames have the shape.
    func window(_ size: (width: Int, height: Int), _ shots: [TimeRange], _ places: [TimeRange]) -> CropWindow? {
        guard let side = Self.side(aspect, size) else { return nil }
        return CropWindow(
            width: side.width,
            height: side.height,
            paths: zip(paths, zip(shots, places)).map { path, ranges in
                path.shifted(by: ranges.1.start.seconds - ranges.0.start.seconds)
            }
        )
    }

    /// The size of the window over a picture; nil where the picture has the shape, to a hundredth.
    ///
    /// - Returns: Even numbers.
    public static func side(_ aspect: ReelAspect, _ size: (width: Int, height: Int)) -> (width: Int, height: Int)? {
        guard let ratio = aspect.ratio else { return nil }
        let own = Double(size.width) / Double(size.height)
        if abs(own / ratio - 1) < 0.01 { return nil }
        func even(_ length: Double) -> Int { max(2, Int((length / 2).rounded()) * 2) }
        return own > ratio
            ? (min(size.width, even(Double(size.height) * ratio)), size.height)
            : (size.width, min(size.height, even(Double(size.width) / ratio)))
    }
}
