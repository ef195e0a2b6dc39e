/// What people want to see of a video, and what not, as a curve: 1 where all of it is, −1 where what they do not want is.
public struct Wished: Hashable, Sendable {
    /// The curve, on the grid of `VisualCurves.interval`.
    public let curve: [Float]

    /// Where nobody wished anything, or nothing of it is in the video.
    public static let none = Wished([])

    /// Takes a curve; an empty one wishes nothing.
    public init(_ curve: [Float]) { self.curve = curve }

    /// The curve for a grid of so many entries, evened out to moments; nil where nothing is wished.
    func worth(count: Int) -> [Float]? {
        guard curve.contains(where: { $0 != 0 }), count > 0 else { return nil }
        let whole = (0..<count).map { $0 < curve.count ? curve[$0] : 0 }
        return Smoothing.gaussian(whole, spread: 0.4 / Saliency.interval)
    }
}
