internal import CLibAV
public import MomentsCore

/// Writes a reel: encodes pictures and sound and puts them into one MP4 that plays while it loads.
///
/// Used on one thread. Without `finish` the file is of no use.
public final class ReelWriter {
    /// What the reel is to be.
    public struct Format: Sendable {
        /// How pictures are made; its purpose is a video.
        public let preparation: PicturePreparation
        /// The source's own clock; the reel's is as fine or finer, and names its times exactly.
        public let sourceBase: Rational
        /// About how many pictures come a second.
        public let frameRate: Rational
        /// x264's constant rate factor.
        public let rateFactor: Double
        /// x264's preset.
        public let preset: String
        /// Sound channels at 48 kHz; 0 for none.
        public let channels: Int
        /// Tags of the file, such as "title" and "creation_time".
        public let tags: [String: String]
        /// Its named stretches.
        public let chapters: [ReelChapter]

        /// Makes a format.
        public init(
            preparation: PicturePreparation,
            sourceBase: Rational,
            frameRate: Rational,
            rateFactor: Double,
            preset: String,
            channels: Int,
            tags: [String: String],
            chapters: [ReelChapter]
        ) {
            self.preparation = preparation
            self.sourceBase = sourceBase
            self.frameRate = frameRate
            self.rateFactor = rateFactor
            self.preset = preset
            self.channels = channels
            self.tags = tags
            self.chapters = chapters
        }
    }

    /// Sound samples per second.
    public static let soundRate = 48_000

    private let format: Format
    private let base: Rational
    private let video: VideoEncoder
    private let sound: SoundEncoder?
    private let filter: PictureFilter
    private let output: Output
    /// How long each picture that is being encoded is shown, by its time.
    private var durations: [Int64: Int64] = [:]
    private var previous: Int64?
    private var shotStarts = false
    private var fade: TimeRange?
    /// The picture encoded last.
    private let latest: FrameBox
    private var edges = ShotEdges()
    private let ledger: PictureLedger
    private var end: Int64 = 0

    /// Every picture written so far, in coded order.
    public var samples: [ReelSample] { ledger.samples }

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: The file; one that is there is overwritten.
    ///   - format: What it is to be.
    /// - Throws: `MediaError`.
    public init(_ path: FilePath, _ format: Format) throws(MediaError) {
        guard case .video(let matrix) = format.preparation.purpose else {
            preconditionFailure("a reel is prepared as a video")
        }
        self.format = format
        base = Rational.reelClock(for: format.sourceBase)
        video = try VideoEncoder(
            .reel(
                width: format.preparation.width,
                height: format.preparation.height,
                base: base,
                frameRate: format.frameRate.isPositive ? format.frameRate : Rational(25, 1),
                matrix: matrix,
                rateFactor: format.rateFactor,
                preset: format.preset
            )
        )
        sound = format.channels > 0 ? try SoundEncoder(rate: Self.soundRate, channels: format.channels) : nil
        let preparation = format.preparation
        filter = try PictureFilter(base: base) {
            (preparation.chain(for: $0, isInterlaced: $1), preparation.toneTable(for: $0))
        }
        latest = try FrameBox()
        output = try Output(
            path,
            video: PictureTrack(video),
            sound: sound,
            tags: format.tags,
            chapters: format.chapters
        )
        ledger = try PictureLedger(output)
    }

    /// Tells that the next picture starts a shot.
    ///
    /// - Parameter fade: Where the reel shows it, if it is to come out of black and go back there; nil if not.
    public func beginShot(fadingIn fade: TimeRange? = nil) {
        shotStarts = true
        self.fade = fade
        edges = ShotEdges()
    }

    /// Adds a coded picture of the source.
    ///
    /// - Parameters:
    ///   - frame: As decoded.
    ///   - time: When the reel shows it; later than the one before.
    ///   - end: When it has been shown, as far as is known; the next picture's time replaces it.
    /// - Throws: `MediaError`.
    public func add(_ frame: borrowing Frame, at time: MediaTime, until end: MediaTime) throws(MediaError) {
        let (start, stop) = (time.timestamp(in: base), end.timestamp(in: base))
        if let previous { durations[previous] = start - previous }
        durations[start] = max(1, stop - start)
        previous = start
        try filter.push(frame, at: time) { (picture, time) throws(MediaError) in try encode(picture, at: time) }
    }

    /// Ends a shot: what the filter holds back belongs to it.
    ///
    /// - Parameter end: When the reel's next shot starts, or the reel ends.
    /// - Returns: How its first and last pictures are meant to look.
    /// - Throws: `MediaError`.
    public func endShot(at end: MediaTime) throws(MediaError) -> ShotEdges {
        self.end = end.timestamp(in: base)
        if let previous { durations[previous] = max(1, self.end - previous) }
        try filter.finish { (picture, time) throws(MediaError) in try encode(picture, at: time) }
        edges.last = PictureSketch(latest.value, limit: ShotEdges.limit)
        return edges
    }

    /// Adds interleaved sound that follows on what was added before.
    public func add(sound samples: [Float]) throws(MediaError) {
        try sound?.encode(samples) { (packet) throws(MediaError) in try output.write(packet, isVideo: false) }
    }

    /// Encodes what is held back and completes the file.
    public func finish() throws(MediaError) {
        try video.finish { (packet) throws(MediaError) in try write(packet) }
        try ledger.finish(at: end)
        try sound?.finish { (packet) throws(MediaError) in try output.write(packet, isVideo: false) }
        try output.finish()
    }

    private func encode(_ picture: borrowing Frame, at time: MediaTime) throws(MediaError) {
        let startsShot = shotStarts
        shotStarts = false
        if let fade { try PictureFade.apply(to: picture, at: time, of: fade) }
        if startsShot { edges.first = PictureSketch(picture, limit: ShotEdges.limit) }
        av_frame_unref(latest.value.raw)
        try check(av_frame_ref(latest.value.raw, picture.raw), "keep", "a picture")
        try video.encode(picture, at: time.timestamp(in: base), startsShot: startsShot) { (packet) throws(MediaError) in
            try write(packet)
        }
    }

    private func write(_ packet: borrowing Packet) throws(MediaError) {
        if let presentation = packet.presentation, let duration = durations.removeValue(forKey: presentation) {
            packet.raw.pointee.duration = duration
        }
        try ledger.write(packet, isCopied: false)
    }
}

extension Rational {
    /// A clock that names all of the source's times: whole ticks per second, at least 10,000 of them.
    static func reelClock(for base: Rational) -> Rational {
        var rate = base.isPositive ? base.denominator : 90_000
        // A microsecond is finer than any camera, and an hour of them nearly fills the 32 bits old players count with.
        if rate > 1_000_000 { rate = 1_000_000 }
        while rate < 10_000 { rate *= 10 }
        return Rational(1, rate)
    }
}
