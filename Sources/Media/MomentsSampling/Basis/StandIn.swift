internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Puts what was seen in a proxy onto the clock of the video it stands for, frame by frame.
struct StandIn {
    /// When the video's own frames are shown.
    let times: FrameTimes
    /// The video's frames decoding can start at.
    private let starts: [Int]

    /// Knows the frames of the video itself.
    init(for original: MediaSource) {
        let map = FrameMap(original)
        (times, starts) = (map.times, map.starts)
    }

    /// The same signals on the video's clock.
    ///
    /// - Throws: `MediaError` where not all frames of the proxy were seen, so that numbers mean others.
    func signals(_ seen: Signals) throws(MediaError) -> Signals {
        guard seen.frames.count == times.count else { throw .unfit("its proxy has other pictures than its index says") }
        var signals = seen
        signals.frames = times
        signals.starts = starts
        signals.scenes = seen.scenes.map { scene in
            var scene = scene
            (scene.start, scene.end) = (own(scene.start, seen.frames), own(scene.end, seen.frames))
            scene.mixedStart = scene.mixedStart.map {
                TimeRange(start: own($0.start, seen.frames), end: own($0.end, seen.frames))
            }
            return scene
        }
        return signals
    }

    /// When the video shows what the proxy shows at a time.
    private func own(_ time: MediaTime, _ frames: FrameTimes) -> MediaTime {
        let number = frames.firstIndex(notBefore: time)
        return number < frames.count && frames[number] != time ? min(time, times.end) : times[number]
    }
}
