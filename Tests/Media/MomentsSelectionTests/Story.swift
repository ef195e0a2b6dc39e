import MomentsAnalysis
import MomentsCore
import MomentsSelection

/// A video told as curves: calm scenes of many looks, with events at known times.
struct Story {
    var seconds: Double
    /// Where new scenes start, in seconds.
    var cuts: [Double] = []
    /// Segments with motion of so many hundredths of the frame.
    var motion: [(Range<Double>, Float)] = []
    /// Segments so loud, in LUFS; the rest lies at −50.
    var loud: [(Range<Double>, Float)] = []
    /// Segments that are black.
    var black: [Range<Double>] = []
    /// Segments of silence between words.
    var pauses: [Range<Double>] = []
    /// Which place is seen in a segment; the rest is place 0.
    var places: [(Range<Double>, Int)] = []
    var rate: Int64 = 25

    /// The curves.
    var signals: Signals {
        var frames = FrameTimes(timescale: rate)
        for tick in 0..<Int64(seconds * Double(rate)) { frames.append(MediaTime(ticks: tick, timescale: rate)) }
        frames.finish(at: MediaTime(seconds: seconds))
        return Signals(
            frames: frames,
            visual: visual,
            appearance: appearance,
            audio: audio,
            scenes: scenes(frames)
        )
    }

    /// The selection, for a reel of so many seconds.
    func select(_ target: Double = 30, _ change: (inout JobOptions) -> Void = { _ in }) -> Selection {
        var options = JobOptions(targetDuration: target)
        change(&options)
        return Selector.select(signals, options: options)
    }

    private func value(_ segments: [(Range<Double>, Float)], _ time: Double) -> Float? {
        segments.first { $0.0.contains(time) }?.1
    }

    private var visual: VisualCurves {
        var curves = VisualCurves()
        for index in 0..<Int((seconds / VisualCurves.interval).rounded(.up)) {
            let time = (Double(index) + 0.5) * VisualCurves.interval
            let isBlack = black.contains { $0.contains(time) }
            // A little of everything, never the same twice, as in real frames.
            var hash = UInt32(truncatingIfNeeded: index) &* 2_654_435_761
            hash = (hash ^ hash >> 15) &* 2_246_822_519
            let ripple = Float((hash ^ hash >> 13) & 255) / 255
            curves.subject.append(isBlack ? 0 : (value(motion, time) ?? 1) / 100 + 0.004 * ripple)
            curves.camera.append(0.01 * ripple)
            curves.shake.append(0.1 * ripple)
            curves.sharpness.append(isBlack ? 0 : 10 + ripple)
            curves.brightness.append(isBlack ? 16 : 110)
            curves.contrast.append(isBlack ? 0 : 30)
            curves.dark.append(isBlack ? 1 : 0.02)
            curves.bright.append(0.02)
            curves.mismatch.append(0.1)
            curves.change.append(isBlack ? 0 : 0.5 + ripple)
        }
        return curves
    }

    private var audio: AudioCurves {
        var curves = AudioCurves()
        for index in 0..<Int((seconds / AudioCurves.interval).rounded(.up)) {
            let time = (Double(index) + 0.5) * AudioCurves.interval
            let ripple = Float(index * 104_729 % 97) / 97 * 6 - 3
            let level = value(loud, time) ?? -50
            let isPause = pauses.contains { $0.contains(time) }
            curves.loudness.append(isPause ? -60 : level)
            curves.level.append(isPause ? -70 : level + ripple)
            curves.flux.append(1)
            curves.speech.append(0)
            curves.crowd.append(0)
        }
        return curves
    }

    private var appearance: Appearance {
        var appearance = Appearance()
        for index in 0..<Int((seconds / Appearance.interval).rounded(.up)) {
            let time = Double(index) * Appearance.interval
            let place = places.first { $0.0.contains(time) }?.1 ?? 0
            var state = UInt32(truncatingIfNeeded: place &* 2_654_435_761 &+ 97)
            appearance.append(
                cells: (0..<120).map { cell in
                    state = state &* 1_664_525 &+ 1_013_904_223
                    return cell < 96 ? UInt8(state >> 24) : 128
                }
            )
        }
        return appearance
    }

    private func scenes(_ frames: FrameTimes) -> [Scene] {
        let starts = [0] + cuts.map { frames.firstIndex(notBefore: MediaTime(seconds: $0)) }
        return starts.enumerated().map { index, first in
            let last = index + 1 < starts.count ? starts[index + 1] : frames.count
            return Scene(start: frames[first], end: frames[last], startFrame: first, endFrame: last)
        }
    }
}
