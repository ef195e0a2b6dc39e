/// What an observer is to be shown.
public struct FrameRequest: Hashable, Sendable {
    /// The longer side of the frames in pixels; a video's own frames are not enlarged.
    public let longSide: Int
    /// How pixels are laid out.
    public let form: PixelForm
    /// In which passes it looks.
    public let passes: SamplingPasses
    /// At most so many frames for each minute of the video, counted from its start.
    public let framesPerMinute: Double

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - longSide: Pixels; held within 16…1920.
    ///   - form: How pixels are laid out.
    ///   - passes: In which passes the observer looks.
    ///   - framesPerMinute: Held within 0.1…3600; the first frame in each even part of a minute is shown.
    public init(
        longSide: Int,
        form: PixelForm = .planar,
        passes: SamplingPasses = .all,
        framesPerMinute: Double
    ) {
        self.longSide = min(max(longSide, 16), 1920)
        self.form = form
        self.passes = passes
        self.framesPerMinute = min(max(framesPerMinute.isNaN ? 0 : framesPerMinute, 0.1), 3600)
    }

    /// The size of the frames shown.
    ///
    /// - Parameters:
    ///   - width: The width of the video's frames as shown, in square pixels.
    ///   - height: Their height.
    /// - Returns: Even numbers, at least 2.
    func size(of width: Int, _ height: Int) -> (width: Int, height: Int) {
        let scale = min(1, Double(longSide) / Double(max(width, height, 1)))
        func side(_ pixels: Int) -> Int { max(1, Int((Double(pixels) * scale / 2).rounded())) * 2 }
        return (side(width), side(height))
    }
}
