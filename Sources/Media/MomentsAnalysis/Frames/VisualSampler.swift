/// Gathers what is measured of single frames into curves on a regular grid.
struct VisualSampler {
    private(set) var curves = VisualCurves()
    private(set) var appearance = Appearance()
    /// For each entry whether its motion was measured, or there was none to measure; else it is that of the one before.
    private(set) var isMeasured: [Bool] = []
    private var bin = Bin()
    private var position: Int
    private let firstSample: Int

    private struct Bin {
        var frames: Float = 0
        var shake: Float = 0
        var brightness: Float = 0
        var contrast: Float = 0
        var mismatch: Float = 0
        var change: Float = 0
        var motions: Float = 0
        var subject: Float = 0
        var camera: Float = 0
        var qualities: Float = 0
        var quality = FrameQuality()
    }

    /// Makes a sampler.
    ///
    /// - Parameter seconds: Where it starts: its first entry is the one that holds this moment.
    init(startingAt seconds: Double = 0) {
        position = max(0, Int(seconds / VisualCurves.interval))
        firstSample = max(0, Int(seconds / Appearance.interval))
    }

    /// Closes the intervals that end before `seconds`; to be called before a frame's values are added.
    ///
    /// - Parameters:
    ///   - seconds: The frame's time.
    ///   - fingerprint: The frame's print, recorded as the sample of every interval it starts.
    mutating func advance(to seconds: Double, fingerprint: Fingerprint) {
        // A gap of more than a day is a broken clock; the curves must not follow it.
        let wanted = min(Int(seconds / VisualCurves.interval), position + 500_000)
        while position < wanted { close() }
        let due = Int(seconds / Appearance.interval) - firstSample
        guard appearance.count <= due else { return }
        while appearance.count < due, appearance.count > 0, appearance.count < position { appearance.repeatLast() }
        appearance.append(fingerprint)
    }

    /// Adds a frame's own values.
    mutating func add(fingerprint: Fingerprint, mismatch: Float, change: Float, shake: Float) {
        bin.frames += 1
        bin.shake += shake
        bin.brightness += fingerprint.mean
        bin.contrast += fingerprint.contrast
        bin.mismatch = max(bin.mismatch, mismatch)
        bin.change += change
    }

    /// Adds what moved over about an eighth of a second.
    mutating func add(subject: Float, camera: Float) {
        bin.motions += 1
        bin.subject += subject
        bin.camera += camera
    }

    /// Adds how well a frame is taken.
    mutating func add(_ quality: FrameQuality) {
        bin.qualities += 1
        bin.quality.sharpness += quality.sharpness
        bin.quality.dark += quality.dark
        bin.quality.bright += quality.bright
    }

    /// Closes everything up to the end of the last frame.
    mutating func finish(at seconds: Double) {
        let wanted = min(Int((seconds / VisualCurves.interval).rounded(.up)), position + 500_000)
        while position < max(wanted, 1) { close() }
    }

    private mutating func close() {
        // Where no frame starts, the last one stands: its looks go on, its motion does not.
        func state(_ sum: Float, _ count: Float, _ last: Float?) -> Float { count > 0 ? sum / count : last ?? 0 }
        let stands = bin.frames == 0
        isMeasured.append(stands || bin.motions > 0)
        curves.subject.append(state(bin.subject, bin.motions, stands ? 0 : curves.subject.last))
        curves.camera.append(state(bin.camera, bin.motions, stands ? 0 : curves.camera.last))
        curves.shake.append(state(bin.shake, bin.frames, 0))
        curves.mismatch.append(bin.mismatch)
        curves.change.append(state(bin.change, bin.frames, 0))
        curves.brightness.append(state(bin.brightness, bin.frames, curves.brightness.last))
        curves.contrast.append(state(bin.contrast, bin.frames, curves.contrast.last))
        curves.sharpness.append(state(bin.quality.sharpness, bin.qualities, curves.sharpness.last))
        curves.dark.append(state(bin.quality.dark, bin.qualities, curves.dark.last))
        curves.bright.append(state(bin.quality.bright, bin.qualities, curves.bright.last))
        bin = Bin()
        position += 1
    }
}
