/// Measures motion over about an eighth of a second: long enough for slow motion to show in whole pixels.
struct MotionSampler {
    /// Seconds between the two frames compared, at least.
    static let interval = 0.12

    private let size: AnalysisSize
    private var estimator: MotionEstimator
    private var projection: ProjectionShift
    private var earlier: [UInt8]
    private var last: Double?
    private var cutSince = false

    init(size: AnalysisSize) {
        self.size = size
        estimator = MotionEstimator(size: size)
        projection = ProjectionShift(size: size)
        earlier = [UInt8](repeating: 0, count: size.width * size.height)
    }

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - luma: Its luma plane.
    ///   - seconds: Its time.
    ///   - mismatch: How much of it the one before leaves unexplained.
    /// - Returns: The share of the frame that moves (0…1) and the camera's speed in widths per second; nil for
    ///   frames between the looks, and across a cut.
    mutating func add(_ luma: [UInt8], seconds: Double, mismatch: Float) -> (subject: Float, camera: Float)? {
        if mismatch > 0.6 { cutSince = true }
        if let last, seconds - last < Self.interval { return nil }
        defer {
            earlier = luma
            last = seconds
            cutSince = false
        }
        let guess = projection.shift(to: luma)
        guard let last, !cutSince else { return nil }
        let elapsed = Float(seconds - last)
        let haste = min(1, Float(0.125) / elapsed)
        let camera = estimator.match(current: luma, earlier: earlier, guess: guess, haste: haste).camera
        let speed = (camera.x * camera.x + camera.y * camera.y).squareRoot()
        return (camera.subject, speed / elapsed / Float(max(size.width, size.height)))
    }
}
