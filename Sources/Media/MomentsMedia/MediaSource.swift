public import MomentsCore

/// A video that has been looked at: its streams, the two that matter, and where its clock starts.
public struct MediaSource: Sendable {
    /// The files that hold it, one nearly always, with the times of each on the file's own clock.
    public let files: SourceFiles
    /// The container's name.
    public let container: String
    /// The size of all files in bytes.
    public let size: Int64
    /// Every stream, in the file's order.
    public let streams: [StreamDescription]
    /// The container's own tags.
    public let tags: [String: String]
    /// The container's chapters, on this video's clock.
    public let chapters: [Chapter]
    /// The stream whose frames are used.
    public let video: StreamDescription
    /// The stream whose audio is used, if any.
    public let audio: StreamDescription?
    /// How much decoding it may cost at a time.
    public let budget: DecodingBudget
    /// Another track of one channel that is mixed with it, if any.
    public let partner: StreamDescription?
    /// Every packet of the video.
    public let index: PacketIndex
    /// What opening it again need not find out; nil where that must be done each time.
    package let parameters: StreamParameters?
    /// When the first frame is shown, on the file's own clock; this video's zero.
    public let origin: MediaTime
    /// What of its times was mended and which tracks had to do, as half sentences.
    public let notes: [String]

    /// The file; the first of several.
    public var path: FilePath { files.first }

    /// Which file shows what, on this video's clock.
    public var parts: [(path: FilePath, range: TimeRange)] {
        let starts = files.parts.map { $0.start.map { max(.zero, $0 - origin) } ?? .zero }
        return files.parts.indices.map { number in
            let end = starts.indices.contains(number + 1) ? starts[number + 1] : max(duration, starts[number])
            return (files.parts[number].path, TimeRange(start: starts[number], end: max(end, starts[number])))
        }
    }

    /// Bits per second of the whole file; 0 without a duration.
    public var bitRate: Int64 { duration.seconds > 0 ? Int64(Double(size) * 8 / duration.seconds) : 0 }

    /// The index of the video's own packets.
    public var track: PacketIndex.Track { index.tracks[video.index] }

    /// From the first frame to the end of the last one, by the index.
    public var duration: MediaTime {
        guard let end = track.end else { return .zero }
        let last = MediaTime(timestamp: end, base: video.timeBase) - origin
        let shown = track.entries.count { !$0.isDiscarded }
        let lacksEnd = track.entries.last.map { $0.duration == 0 } ?? true
        guard lacksEnd, shown > 1, last > .zero else { return max(last, .zero) }
        // A last packet without a duration is shown until the container says, else as long as an average one.
        let declaredEnd = index.timeline.isPlain ? video.declaredEnd : nil
        if let declared = declaredEnd.map({ MediaTime(timestamp: $0, base: video.timeBase) - origin }) {
            let step = declared - last
            if step > .zero, step < Self.longestFrame { return declared }
        }
        return last + MediaTime(seconds: last.seconds / Double(shown - 1))
    }

    /// What a header says of a last frame is believed up to ten seconds.
    private static let longestFrame = MediaTime(ticks: 10, timescale: 1)

    /// How many frames are shown, by the index.
    public var frameCount: Int { track.entries.count { !$0.isDiscarded } }

    /// The average frame rate: the headers' where they give one, else by count and duration.
    public var frameRate: Rational {
        if index.timeline.isPlain, video.frameRate.isPositive { return video.frameRate }
        if !index.timeline.isPlain, let rate = mendedRate { return rate }
        let seconds = duration.seconds
        return seconds > 0 ? Rational(Int64((Double(frameCount) / seconds * 1000).rounded()), 1000) : .unknown
    }

    /// The rate of a file whose times were mended, since its headers count what is no part of it; nil where pictures
    /// come at no rate.
    private var mendedRate: Rational? {
        let seconds = duration.seconds
        guard seconds > 0 else { return nil }
        let counted = Double(frameCount) / seconds
        let named = [video.nominalFrameRate, video.frameRate].filter { $0.isPositive }
        return named.min { abs($0.value / counted - 1) < abs($1.value / counted - 1) }
            .flatMap { abs($0.value / counted - 1) < 0.02 ? $0 : nil }
    }
}
