internal import CLibAV
public import MomentsCore

/// Decodes a video's frames and audio in file order, on the video's own clock: 0 is the first frame shown.
///
/// Used on one thread; libav's threads decode behind it.
public final class MediaReader {
    /// Which of the two tracks are decoded.
    public enum Tracks: Sendable {
        case both
        case video
        case audio
    }

    /// What was decoded.
    public enum Step: Sendable {
        /// A frame, shown at `time` for `duration` (zero where the file does not say).
        case video(time: MediaTime, duration: MediaTime)
        /// A block of audio that starts at `time`; it can overlap or leave a gap to the last one.
        case audio(time: MediaTime)
        /// The file has ended.
        case ended
    }

    /// What is read.
    public let source: MediaSource
    private let tracks: Tracks
    private let threads: Int
    private let interrupt: Interrupt
    private var reader: FrameReader
    /// Mixes two tracks into one; nil where there is one.
    private let mixer: MonoMixer?
    private var isMixed = false
    /// Where a seek was to lead, until the first frame behind it shows whether it did.
    private var sought: MediaTime?
    /// How often that was tried.
    private var attempt = 0
    private var unfiltered: Set<Int64> = [] { didSet { reader.unfiltered = unfiltered } }
    /// Which frames are smoothed as they are meant to be seen; others will do to be looked at small.
    public var smoothing = EdgeSmoothing.everything { didSet { reader.smoothing = smoothing } }

    /// Packets the decoders refused so far.
    public var refusedPackets: Int { reader.refusedPackets }

    /// Opens the file anew.
    ///
    /// - Parameters:
    ///   - source: What the probe found.
    ///   - tracks: What to decode; audio only where there is any.
    ///   - threads: How many threads decode frames; each holds some frames in memory.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError`.
    public init(_ source: MediaSource, tracks: Tracks, threads: Int, interrupt: Interrupt) throws {
        self.source = source
        self.tracks = tracks
        self.threads = threads
        self.interrupt = interrupt
        let isMixed = tracks != .video && source.partner != nil
        mixer = isMixed ? try MonoMixer(rate: source.audio?.sampleRate ?? 48_000) : nil
        reader = try FrameReader(
            source.files,
            known: source.parameters,
            timeline: source.index.timeline,
            interrupt: interrupt,
            streams: Self.indices(source, tracks),
            threads: threads
        )
    }

    private static func indices(_ source: MediaSource, _ tracks: Tracks) -> [Int] {
        var indices: [Int] = []
        if tracks != .audio { indices.append(source.video.index) }
        if tracks != .video, let audio = source.audio { indices.append(audio.index) }
        if tracks != .video, let partner = source.partner { indices.append(partner.index) }
        return indices
    }

    /// Decodes what comes next in the file.
    public func next() throws -> Step {
        while true {
            let step = try decode()
            guard let target = sought else { return step }
            switch step {
            case .audio(let time) where tracks != .audio || time <= target + Self.audioTolerance:
                if tracks == .audio { sought = nil }
                return step
            case .video(let time, _) where time <= target:
                sought = nil
                return step
            default:
                // Containers without an index are searched by guesses: one that led too far is made good from farther
                // back, at last from the start.
                try seek(to: target, attempt: attempt + 1)
            }
        }
    }

    private func decode() throws -> Step {
        while true {
            if let mixer, try mixer.mix() {
                isMixed = true
                return .audio(time: mixer.time - source.origin)
            }
            isMixed = false
            guard let stream = try reader.next() else {
                guard let mixer, !mixer.hasEnded else { return .ended }
                mixer.finish()
                continue
            }
            if let mixer, stream != source.video.index {
                let isFirst = stream == source.audio?.index
                try mixer.take(reader.frame.value, at: reader.frameTime, isFirst: isFirst)
                continue
            }
            let time = reader.frameTime - source.origin
            if stream != source.video.index { return .audio(time: time) }
            // What an edit list or a cut leaves before the first frame is not part of the video.
            if time >= .zero { return .video(time: time, duration: reader.frameDuration) }
        }
    }

    /// Lends the frame or audio of the last step; it holds until the next one.
    public func withFrame<Result, Failure>(
        _ body: (borrowing Frame) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if isMixed, let mixer { return try body(mixer.frame.value) }
        return try body(reader.frame.value)
    }

    /// Goes back or forward so that every frame and audio from `time` on is still to come.
    ///
    /// Where the file cannot be sought by time, reading starts again at its beginning.
    ///
    /// - Parameter time: On the video's clock.
    /// - Throws: `MediaError` when the file cannot be opened again.
    public func seek(to time: MediaTime) throws {
        try seek(to: time, attempt: 0)
    }

    /// Goes on to a time at less cost: frames before it that no other refers to are left out.
    public func skipUnneeded(until time: MediaTime) {
        let timestamp = (time + source.origin).timestamp(in: source.video.timeBase)
        reader.skipUnneeded(before: timestamp, stream: source.video.index)
    }

    private func seek(to time: MediaTime, attempt: Int) throws {
        let stream = tracks == .audio ? source.audio ?? source.video : source.video
        self.attempt = attempt
        mixer?.restart()
        guard attempt < Self.leads.count, !source.index.hasJumps, let aim = aim(at: time, stream, attempt),
            reader.seek(to: aim, stream: stream.index)
        else { return try restart(for: time) }
        sought = time
        if tracks == .video { skipUnneeded(until: time) }
    }

    /// Where to seek: the keyframe at or before a time, or farther back; nil where that is the start.
    private func aim(at time: MediaTime, _ stream: StreamDescription, _ attempt: Int) -> Int64? {
        let lead = Self.leads[attempt]
        guard tracks != .audio else {
            return time > lead ? (time - lead + source.origin).timestamp(in: stream.timeBase) : nil
        }
        let wanted = (time + source.origin).timestamp(in: stream.timeBase)
        let keyframes = source.track.entries.lazy.filter { $0.isKeyframe && !$0.isDiscarded && $0.pts <= wanted }
        let keyframe = keyframes.map(\.pts).max()
        // A file that knows its keyframes is led to one by its time; others by decoding times, which run ahead.
        let isIndexed = source.container.hasPrefix("mov") || source.container.hasPrefix("matroska")
        let before = isIndexed && attempt == 0 ? .zero : lead
        return keyframe.map {
            (MediaTime(timestamp: $0, base: stream.timeBase) - before).timestamp(in: stream.timeBase)
        }
    }

    /// Saves the loop filter for some frames, by their times in ticks: whether they decode shows without it too.
    public func leaveUnfiltered(_ frames: Set<Int64>) { unfiltered = frames }

    /// Reads on from the file's start, decoding little of what is not wanted where that is known to be much.
    private func restart(for time: MediaTime) throws {
        sought = nil
        reader = try FrameReader(
            source.files,
            known: source.parameters,
            timeline: source.index.timeline,
            interrupt: interrupt,
            streams: Self.indices(source, tracks),
            threads: threads
        )
        (reader.unfiltered, reader.smoothing) = (unfiltered, smoothing)
        guard source.index.hasJumps else { return }
        let wanted = (time + source.origin).timestamp(in: source.video.timeBase)
        let keyframes = source.track.entries.lazy.filter { $0.isKeyframe && !$0.isDiscarded && $0.pts <= wanted }
        if tracks != .audio, let first = keyframes.map(\.pts).max() {
            reader.pass(until: first, stream: source.video.index)
        }
        if tracks != .video, let audio = source.audio {
            let early = (time - Self.leads[1] + source.origin).timestamp(in: audio.timeBase)
            reader.pass(until: early, stream: audio.index)
        }
    }

    /// How far before its aim a seek is to lead, one attempt after the other: decoding time runs ahead of showing time,
    /// and so may audio.
    private static let leads = [MediaTime(ticks: 1, timescale: 4), MediaTime(ticks: 2, timescale: 1)]
    /// How much later than its aim a first block of audio may start: a gap of the recording, not a seek gone wrong.
    private static let audioTolerance = MediaTime(ticks: 1, timescale: 10)
}
