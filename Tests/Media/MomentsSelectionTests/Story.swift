import MomentsAnalysis
import MomentsCore
import MomentsSelection

/// A video told as curves: calm scenes of many looks, with events at known times.
struct Story {
    var seconds: Double
    /// Where new scenes start, in seconds.
    var cuts: [Double] = []
    /// Stretches with motion of so many hundredths of the picture.
    var motion: [(Range<Double>, Float)] = []
    /// Stretches so loud, in LUFS; the rest lies at −50.
    var loud: [(Range<Double>, Float)] = []
    /// Stretches that are black.
    var black: [Range<Double>] = []
    /// Stretches of silence between words.
    var pauses: [Range<Double>] = []
    /// Which place is seen in a stretch; the rest is place 0.
    var places: [(Range<Double>, Int)] = []
    var rate: Int64 = 25

    /// The curves.
    var signals: Signals {
        var pictures = PictureTimes(timescale: rate)
        for tick in 0..<Int64(seconds * Double(rate)) { pictures.append(MediaTime(ticks: tick, timescale: rate)) }
        pictures.finish(at: MediaTime(seconds: seconds))
        return Signals(
            pictures: pictures,
            visual: visual,
            appearance: appearance,
            sound: sound,
            scenes: scenes(pictures)
        )
    }

    /// The selection, for a reel of so many seconds.
    func select(_ target: Double = 30, _ change: (inout JobOptions) -> Void = { _ in }) -> Selection {
        var options = JobOptions(targetDuration: target)
        change(&options)
        return Selector.select(signals, options: options)
    }

    private func value(_ stretches: [(Range<Double>, Float)], _ time: Double) -> Float? {
        stretches.first { $0.0.contains(time) }?.1
    }

    private var visual: VisualCurves {
        var curves = VisualCurves()
        for index in 0..<Int((seconds / VisualCurves.interval).rounded(.up)) {
            let time = (Double(index) + 0.5) * VisualCurves.interval
            let isBlack = black.contains { $0.contains(time) }
            // A little of everything, never the same twice, as in real pictures.
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

    private var sound: SoundCurves {
        var curves = SoundCurves()
        for index in 0..<Int((seconds / SoundCurves.interval).rounded(.up)) {
            let time = (Double(index) + 0.5) * SoundCurves.interval
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

    private func scenes(_ pictures: PictureTimes) -> [Scene] {
        let starts = [0] + cuts.map { pictures.firstIndex(notBefore: MediaTime(seconds: $0)) }
        return starts.enumerated().map { index, first in
            let last = index + 1 < starts.count ? starts[index + 1] : pictures.count
            return Scene(start: pictures[first], end: pictures[last], startFrame: first, endFrame: last)
        }
    }
}
