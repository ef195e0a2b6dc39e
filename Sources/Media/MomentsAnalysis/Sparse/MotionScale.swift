/// What moves, told by bytes, on the scale of what was measured.
///
/// How many bytes a motion costs depends on what the frame is made of, so each scene has its own scale; where little
/// of it was measured, the whole video's scale counts too.
struct MotionScale {
    /// Motion measured at one place.
    struct Sample {
        var entry: Int
        var bytes: Float
        /// Nil where the frames were too unlike to tell.
        var motion: (subject: Float, camera: Float)?
        /// Nil where frames between were left out.
        var change: Float?
    }

    /// Motion for each byte.
    private struct Ratio {
        var bytes: Float = 0
        var subject: Float = 0
        var camera: Float = 0
        var change: Float = 0
        var changeBytes: Float = 0

        mutating func add(_ sample: Sample) {
            if let motion = sample.motion {
                bytes += sample.bytes
                subject += motion.subject
                camera += motion.camera
            }
            if let change = sample.change {
                self.change += change
                changeBytes += sample.bytes
            }
        }
    }

    /// Samples that the whole video's scale counts for beside a scene's own.
    private static let prior: Float = 0.5

    private let samples: [Sample]
    private var whole = Ratio()
    private var scenes: [Int: Ratio] = [:]
    private let usual: Float

    init(_ samples: [Sample], scene: [Int]) {
        self.samples = samples
        for sample in samples {
            whole.add(sample)
            scenes[scene[sample.entry], default: Ratio()].add(sample)
        }
        let measured = samples.count { $0.motion != nil }
        usual = measured == 0 ? 0 : max(1, whole.bytes / Float(measured))
    }

    /// Writes motion into curves: measured where it was, else by bytes.
    ///
    /// - Parameters:
    ///   - curves: The curves.
    ///   - bytes: Bytes a frame at each entry.
    ///   - scene: The scene of each entry.
    func fill(_ curves: inout VisualCurves, bytes: [Float], scene: [Int]) {
        let prior = Self.prior * usual
        for entry in bytes.indices {
            let own = scenes[scene[entry]] ?? Ratio()
            func motion(_ part: Float, _ counted: Float, _ all: Float, _ allCounted: Float) -> Float {
                let typical = allCounted > 0 ? all / allCounted : 0
                return bytes[entry] * (part + prior * typical) / (counted + prior + 1e-6)
            }
            curves.subject[entry] = min(1, motion(own.subject, own.bytes, whole.subject, whole.bytes))
            curves.camera[entry] = motion(own.camera, own.bytes, whole.camera, whole.bytes)
            curves.change[entry] = motion(own.change, own.changeBytes, whole.change, whole.changeBytes)
        }
        for sample in samples {
            if let motion = sample.motion {
                (curves.subject[sample.entry], curves.camera[sample.entry]) = motion
            }
            if let change = sample.change { curves.change[sample.entry] = change }
        }
    }

    /// Draws motion straight from one measured place to the next of the same scene.
    ///
    /// - Parameters:
    ///   - curves: The curves, filled before.
    ///   - scene: The scene of each entry.
    func interpolate(_ curves: inout VisualCurves, scene: [Int]) {
        let places = Set(samples.filter { $0.motion != nil }.map(\.entry)).sorted()
        for (from, to) in zip(places, places.dropFirst()) where to > from + 1 && scene[from] == scene[to] {
            for entry in from + 1..<to {
                let share = Float(entry - from) / Float(to - from)
                func between(_ values: [Float]) -> Float { values[from] + (values[to] - values[from]) * share }
                curves.subject[entry] = between(curves.subject)
                curves.camera[entry] = between(curves.camera)
                curves.change[entry] = between(curves.change)
            }
        }
    }
}
