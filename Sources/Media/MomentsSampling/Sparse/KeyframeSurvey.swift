internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Looks at keyframes all over a video.
struct KeyframeSurvey {
    let map: FrameMap
    let crew: SegmentThreads
    let size: AnalysisSize
    let observers: ObserverBoard

    /// Seconds between samples, at least, where the encoder places keyframes more often than anybody needs.
    private static let spacing = 4.0

    /// Which frames are looked at first.
    ///
    /// - Parameters:
    ///   - frames: The frames in the file's order.
    ///   - schedule: How keyframes are placed.
    /// - Returns: Places in the file, by the order shown: every frame that stands alone out of turn, and of the others
    ///   enough to see each place.
    static func plan(_ frames: [CodedFrame], _ schedule: KeyframeSchedule) -> [Int] {
        var last = -Double.infinity
        return alone(frames).filter { entry in
            let frame = frames[entry]
            guard !schedule.isDue(frame.number) || frame.seconds >= last + spacing else { return false }
            last = frame.seconds
            return true
        }
    }

    /// The frames that stand alone, by the order shown.
    static func alone(_ frames: [CodedFrame]) -> [Int] {
        frames.indices.filter { frames[$0].isIntra && frames[$0].number >= 0 }
            .sorted { frames[$0].number < frames[$1].number }
    }

    /// The part of the file that is decoded for a sample: the frame, and what is needed to see what moves.
    ///
    /// - Parameters:
    ///   - entry: The frame's place in the file.
    ///   - frames: The frames in the file's order.
    ///   - isBrief: Whether what moves does not matter.
    /// - Returns: Places in the file.
    static func segment(_ entry: Int, _ frames: [CodedFrame], isBrief: Bool) -> Range<Int> {
        // Behind a frame where decoding cannot start others may need what was before it.
        guard frames[entry].isKeyframe, !isBrief else { return entry..<entry + 1 }
        var end = entry + 1
        while end < min(frames.count, entry + 12), !frames[end].isKeyframe {
            end += 1
            if frames[end - 1].seconds >= frames[entry].seconds + 0.1 { break }
        }
        return entry..<end
    }

    /// Takes the samples.
    ///
    /// - Parameters:
    ///   - entries: Places in the file of frames coded from themselves alone.
    ///   - isBrief: Whether what moves does not matter.
    /// - Returns: The samples there were, in the order of `entries`; nil where the file is not as its index has it.
    /// - Throws: `MediaError`.
    func sample(_ entries: [Int], isBrief: Bool = false) throws -> [KeyframeSample]? {
        let frames = map.frames
        let spans = entries.map { [frames[$0].seconds...frames[$0].seconds] }
        let claims = observers.claims(spans, in: .keyframes)
        let spacing = map.times.end.seconds / Double(max(1, map.times.count))
        let samples = try crew.work(entries.count) {
            [self] (tools, number) throws -> (Bool, KeyframeSample?) in
            let (entry, scaler) = (entries[number], tools.scaler)
            var sampler = KeyframeSampler(size: size)
            var isFirst = true
            let isFound = try tools.reader.read(Self.segment(entry, frames, isBrief: isBrief), complete: 0..<0) {
                time,
                frame in
                try scaler.scale(frame)
                if isFirst {
                    let place = frames[entry].number
                    try observers.show(frame, at: time, number: place, in: .keyframes, claims[number], tools.scalers)
                    isFirst = false
                }
                let (luma, cb, cr) = (scaler.luma, scaler.cb, scaler.cr)
                sampler.add(luma: luma.span, cb: cb.span, cr: cr.span, time: time, spacing: spacing)
            }
            return (isFound, sampler.finish(entry: entry, number: frames[entry].number))
        }
        return samples.contains { !$0.0 } ? nil : samples.compactMap { $0.1 }
    }

    /// Looks between samples that differ, where no keyframe was placed for the cut's sake, until nothing lies between.
    ///
    /// - Returns: All looks by the order shown; nil where the file is not as its index has it.
    /// - Throws: `MediaError`.
    func refine(_ samples: [KeyframeSample], _ curve: PacketSizeCurve) throws -> [KeyframeSample]? {
        let order = Self.alone(map.frames)
        var place: [Int: Int] = [:]
        for (index, entry) in order.enumerated() { place[entry] = index }
        var samples = samples
        var tried = Set(samples.map(\.entry))
        while true {
            var wanted: [Int] = []
            for (before, after) in zip(samples, samples.dropFirst()) where before.showsAnotherPlace(than: after, curve)
            {
                guard let from = place[before.entry], let to = place[after.entry], to - from > 1 else { continue }
                let middle = order[(from + to) / 2]
                if tried.insert(middle).inserted { wanted.append(middle) }
            }
            guard !wanted.isEmpty else { return samples }
            guard let more = try sample(wanted, isBrief: true), !more.isEmpty else { return nil }
            samples = (samples + more).sorted { $0.number < $1.number }
        }
    }
}
