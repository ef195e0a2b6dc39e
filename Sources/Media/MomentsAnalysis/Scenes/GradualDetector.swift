/// Finds dissolves, fades and wipes: segments in which every frame is made of the two at its ends.
///
/// In a dissolve each frame is a blend of both ends and the share of the later one grows evenly; in a wipe each cell
/// belongs to one of them. Motion and pans make frames of neither kind. The segments tried are 1/4 s to 3 s long.
struct GradualDetector {
    /// Looks per second.
    ///
    /// A transition is placed to about this precision.
    static let rate = 15.0
    /// The lengths tried, in looks.
    private static let lengths = [4, 6, 8, 12, 16, 24, 32, 46]
    private static let capacity = 48

    private struct Sample {
        var frame: Int
        var time: Double
        var fingerprint: Fingerprint
        var luma: [UInt8]
    }

    /// A segment that looks like a transition.
    struct Finding: Hashable, Codable, Sendable {
        var from: Int
        var to: Int
        var middle: Int
        var transition: Transition
        /// Mean luma difference between the ends.
        var size: Float
    }

    private var samples: [Sample]
    private var count = 0
    private var estimator: MotionEstimator
    private(set) var findings: [Finding] = []

    init(size: AnalysisSize) {
        let luma = [UInt8](repeating: 0, count: size.width * size.height)
        let empty = Sample(frame: 0, time: 0, fingerprint: Fingerprint(size: size), luma: luma)
        samples = [Sample](repeating: empty, count: Self.capacity)
        estimator = MotionEstimator(size: size)
    }

    /// Takes the next frame; looks at it only when the last sample is long enough ago.
    ///
    /// - Parameters:
    ///   - fingerprint: Its print.
    ///   - luma: Its luma plane.
    ///   - frame: Its number.
    ///   - seconds: Its time.
    mutating func add(_ fingerprint: Fingerprint, luma: [UInt8], frame: Int, seconds: Double) {
        if count > 0, seconds - sample(count - 1).time < 0.999 / Self.rate { return }
        samples[count % Self.capacity] = Sample(frame: frame, time: seconds, fingerprint: fingerprint, luma: luma)
        count += 1
        for length in Self.lengths where length < count {
            if let finding = examine(count - 1 - length, count - 1) { findings.append(finding) }
        }
    }

    private func sample(_ index: Int) -> Sample { samples[index % Self.capacity] }

    private mutating func examine(_ first: Int, _ last: Int) -> Finding? {
        let (start, end) = (sample(first), sample(last))
        // Frames so far apart that nothing is known of the time between prove nothing.
        guard end.time - start.time < 1.5 * Double(last - first) / Self.rate + 0.1 else { return nil }
        // A thing that enters or leaves changes a part of the frame, and makes the camera's exposure drift.
        let (size, share) = start.fingerprint.change(to: end.fingerprint)
        guard size >= 6, share >= 0.4 else { return nil }
        let plain = min(start.fingerprint.contrast, end.fingerprint.contrast) < 3
        let dissolves = isBlend(first, last, size: size)
        guard dissolves || (!plain && isWipe(first, last, size: size)) else { return nil }
        guard plain || start.fingerprint.structure(to: end.fingerprint) > 0.2 else { return nil }
        // What a slow pan or a zoom has moved is still there to be found; what was dissolved away is not.
        estimator.forget()
        let motion = estimator.match(current: end.luma, earlier: start.luma, guess: (0, 0))
        guard plain || motion.mismatch > 0.45 else { return nil }
        return Finding(
            from: start.frame,
            to: end.frame,
            middle: sample((first + last + 1) / 2).frame,
            transition: plain ? .fade : dissolves ? .dissolve : .wipe,
            size: size
        )
    }

    private func isBlend(_ first: Int, _ last: Int, size: Float) -> Bool {
        let (start, end) = (sample(first).fingerprint, sample(last).fingerprint)
        var error: Float = 0
        let tries: [Float] = [0.25, 0.5, 0.75]
        for share in tries {
            let between = first + Int((Float(last - first) * share).rounded())
            let exact = Float(between - first) / Float(last - first)
            let fingerprint = sample(between).fingerprint
            let found = fingerprint.blendShare(start, end)
            guard abs(found - exact) < 0.17 else { return false }
            error += fingerprint.blendError(start, end, share: found)
        }
        return error / Float(tries.count) < 0.25 * size
    }

    private func isWipe(_ first: Int, _ last: Int, size: Float) -> Bool {
        let (start, end) = (sample(first).fingerprint, sample(last).fingerprint)
        var before: Float = 0
        for share in [0.25, 0.5, 0.75] as [Float] {
            let between = first + Int((Float(last - first) * share).rounded())
            let exact = Float(between - first) / Float(last - first)
            let (later, error) = sample(between).fingerprint.belonging(start, end)
            guard error < 0.1 * size, abs(later - exact) < 0.2, later > before + 0.08 else { return false }
            before = later
        }
        return before < 0.92
    }
}
