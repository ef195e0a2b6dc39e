internal import MomentsCore
internal import MomentsMedia

/// Goes to pictures of a video by time, reading on where that is nearer than seeking.
///
/// Used on one thread. Asking for rising times is cheapest.
final class PictureFinder {
    private let source: MediaSource
    private let reader: MediaReader
    private let scaler: PictureScaler
    private let keys: [MediaTime]
    private var position: MediaTime?
    private var hasEnded = false
    /// Whether something was lost since the last sound key picture: what was decoded from it is damaged too.
    private var isTainted = false
    private var refusedPackets = 0

    init(_ source: MediaSource, interrupt: Interrupt) throws(MediaError) {
        self.source = source
        reader = try MediaReader(source, tracks: .video, threads: 2, interrupt: interrupt)
        let picture = source.video.picture
        // Large enough to tell a sharp picture from a blurred one, small enough to measure in a millisecond.
        let scale = min(1, 640 / Double(max(picture.width, picture.height, 1)))
        scaler = PictureScaler(
            width: Int((Double(picture.width) * scale).rounded()),
            height: Int((Double(picture.height) * scale).rounded())
        )
        keys = source.track.entries.lazy.filter { $0.isKey && !$0.isDiscarded }
            .map { MediaTime(timestamp: $0.presentation, base: source.video.timeBase) - source.origin }.sorted()
    }

    /// Goes to the picture shown at `time`, or to the first after it; nil where none is left.
    ///
    /// - Parameter time: On the video's clock.
    /// - Returns: When that picture is shown.
    /// - Throws: `MediaError`.
    func go(to time: MediaTime) throws(MediaError) -> MediaTime? {
        if needsSeek(to: time) {
            try reader.seek(to: time)
            position = nil
            hasEnded = false
            isTainted = false
        }
        while let found = try next() {
            if found.end > time || found.start >= time { return found.start }
        }
        return nil
    }

    /// Goes to the next picture.
    ///
    /// - Returns: When it is shown; its end is its start where the file does not say. Nil at the end of the file.
    /// - Throws: `MediaError`.
    func next() throws(MediaError) -> TimeRange? {
        while !hasEnded {
            switch try reader.next() {
            case .picture(let time, let duration):
                position = time
                noteDamage()
                return TimeRange(start: time, end: time + duration)
            case .sound: continue
            case .ended: hasEnded = true
            }
        }
        return nil
    }

    /// Measures the picture gone to.
    ///
    /// - Returns: Its merit, or nil where it is damaged.
    /// - Throws: `MediaError`.
    func measure() throws(MediaError) -> PictureMerit? {
        try reader.withFrame { (frame) throws(MediaError) in
            if isTainted { return nil }
            try scaler.scale(frame)
            return PictureMerit(scaler)
        }
    }

    /// Makes a JPEG of the picture gone to.
    ///
    /// - Parameters:
    ///   - preparation: Its size.
    ///   - quality: libav's quantiser scale, 2 (finest) to 31.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`.
    func jpeg(_ preparation: PicturePreparation, quality: Int) throws(MediaError) -> [UInt8] {
        try reader.withFrame { (frame) throws(MediaError) in
            try StillWriter.jpeg(frame, preparation, quality: quality)
        }
    }

    private func noteDamage() {
        let isLost = reader.refusedPackets > refusedPackets
        refusedPackets = reader.refusedPackets
        isTainted = reader.withFrame { $0.isDamaged || isLost || isTainted && !$0.isKey }
    }

    /// Whether decoding could start nearer to `time` than where reading stands.
    private func needsSeek(to time: MediaTime) -> Bool {
        guard let position else { return time > .zero || hasEnded }
        if time <= position || hasEnded { return true }
        // Over a jump of the clock only reading from the start finds the way.
        guard !source.index.hasJumps else { return false }
        return keys.contains { $0 > position && $0 <= time }
    }
}
