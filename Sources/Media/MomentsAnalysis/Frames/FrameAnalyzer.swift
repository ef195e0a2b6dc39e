public import MomentsCore

/// Watches a video frame by frame: scenes, motion, looks.
///
/// Frames must come in the order they are shown, as planes of one fixed size. Costs about 0.25 ms a frame; keeps
/// 8 bytes of each, and some 200 bytes for each 0.2 s.
public struct FrameAnalyzer {
    /// The size the planes must have.
    public let size: AnalysisSize
    /// When each frame is shown.
    public private(set) var times: FrameTimes

    private var luma: [UInt8]
    private var earlier: [UInt8]
    private var fingerprint: Fingerprint
    private var earlierPrint: Fingerprint
    private var estimator: MotionEstimator
    private var projection: ProjectionShift
    private var cuts: CutDetector
    private var gradual: GradualDetector
    private var sampler: VisualSampler
    private var motion: MotionSampler
    private var camera = CameraModel()

    /// Makes an analyser.
    ///
    /// - Parameters:
    ///   - size: The size of the planes it will be given.
    ///   - timescale: Ticks per second the frames' times are kept in; the stream's own clock keeps them exact.
    ///   - start: When the first frame is shown, in seconds: the curves start there.
    public init(size: AnalysisSize, timescale: Int64, startingAt start: Double = 0) {
        self.size = size
        times = FrameTimes(timescale: timescale)
        luma = [UInt8](repeating: 0, count: size.width * size.height)
        earlier = luma
        fingerprint = Fingerprint(size: size)
        earlierPrint = fingerprint
        estimator = MotionEstimator(size: size)
        projection = ProjectionShift(size: size)
        cuts = CutDetector(size: size)
        gradual = GradualDetector(size: size)
        motion = MotionSampler(size: size)
        sampler = VisualSampler(startingAt: start)
    }

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - plane: Tight rows of 8-bit luma, 16 or 0 being black.
    ///   - cb: Tight rows of the blue difference, half as wide and half as high.
    ///   - cr: Tight rows of the red difference, likewise.
    ///   - time: When it is shown; later than the frame before.
    public mutating func add(luma plane: Span<UInt8>, cb: Span<UInt8>, cr: Span<UInt8>, time: MediaTime) {
        let pixels = size.width * size.height
        precondition(plane.count >= pixels && cb.count >= pixels / 4 && cr.count >= pixels / 4)
        swap(&luma, &earlier)
        swap(&fingerprint, &earlierPrint)
        for index in 0..<pixels { luma[index] = plane[index] }
        fingerprint.take(luma: plane, cb: cb, cr: cr)
        let number = times.count
        times.append(time)
        let seconds = times[number].seconds

        let guess = projection.shift(to: luma)
        let isFirst = number == 0
        let field =
            isFirst ? MotionField() : estimator.match(current: luma, earlier: earlier, guess: guess)
        let change = isFirst ? 0 : fingerprint.distance(to: earlierPrint)
        cuts.add(fingerprint, mismatch: field.mismatch)
        gradual.add(fingerprint, luma: luma, frame: number, seconds: seconds)

        // Shake is the change of the camera's motion; across a cut there is none.
        let unsteady = field.mismatch > 0.5 ? 0 : camera.change(to: field.camera)
        camera = field.camera
        sampler.advance(to: seconds, fingerprint: fingerprint)
        sampler.add(
            fingerprint: fingerprint,
            mismatch: field.mismatch,
            change: change,
            shake: unsteady / Float(max(size.width, size.height)) * 100
        )
        if let seen = motion.add(luma, seconds: seconds, mismatch: field.mismatch) {
            sampler.add(subject: seen.subject, camera: seen.camera)
            sampler.add(FrameQuality(luma: luma, size: size))
        } else if isFirst {
            sampler.add(FrameQuality(luma: luma, size: size))
        }
    }

    /// Ends the watch of a segment.
    ///
    /// - Parameters:
    ///   - end: When its last frame has been shown.
    ///   - isLast: Whether the video ends there, so that nothing behind could tell otherwise.
    ///   - isComplete: Whether no frame in between was left out.
    /// - Returns: What was seen; nil when there was no frame.
    consuming func finishSegment(end: MediaTime, isLast: Bool, isComplete: Bool) -> SegmentFindings? {
        guard times.count > 0 else { return nil }
        times.finish(at: end)
        // The last frames of a segment have too few behind them to be judged.
        if isLast { cuts.finish() }
        sampler.finish(at: times.end.seconds)
        return SegmentFindings(
            isComplete: isComplete,
            times: times,
            curves: sampler.curves,
            isMeasured: sampler.isMeasured,
            appearance: sampler.appearance,
            cuts: cuts.cuts,
            gradual: gradual.findings
        )
    }

    /// Ends the watch.
    ///
    /// - Parameter end: When the last frame has been shown.
    /// - Returns: Everything seen, without audio; nil when there was no frame.
    public consuming func finish(end: MediaTime) -> Signals? {
        guard times.count > 0 else { return nil }
        times.finish(at: end)
        cuts.finish()
        sampler.finish(at: times.end.seconds)
        let boundaries = SceneList.boundaries(cuts: cuts.cuts, findings: gradual.findings, frames: times.count)
        return Signals(
            frames: times,
            visual: sampler.curves,
            appearance: sampler.appearance,
            audio: nil,
            scenes: SceneList.scenes(boundaries, times: times)
        )
    }
}
