public import MomentsCore

/// A row of segments of one file, or of several, as an editor would lay them: everything in whole frames.
///
/// Each clip begins where the last one ends, whatever rounding to frames did; where two dissolve, the second begins as
/// many frames earlier.
public struct EditTimeline: Sendable {
    /// A segment of a file.
    public struct Segment: Sendable {
        /// What it is called.
        public let name: String
        /// The file's number.
        public let media: Int
        /// Where it is in the file.
        public let range: TimeRange
        /// For how long it and the one before it are on together.
        public let overlap: MediaTime
        /// Why it is here, or what it is; empty for nothing to say.
        public let note: String

        /// Makes a segment.
        public init(name: String, media: Int = 0, range: TimeRange, overlap: MediaTime = .zero, note: String = "") {
            self.name = name
            self.media = media
            self.range = range
            self.overlap = overlap
            self.note = note
        }
    }

    /// A place in the video somebody should look at.
    public struct Mark: Sendable {
        /// What is there.
        public let name: String
        /// The file's number.
        public let media: Int
        /// Where it is in the file.
        public let range: TimeRange
        /// What there is to say of it.
        public let note: String
        /// Whether it is in the reel; what is not was nearly chosen.
        public let isChosen: Bool

        /// Makes a mark.
        public init(name: String, media: Int = 0, range: TimeRange, note: String, isChosen: Bool) {
            self.name = name
            self.media = media
            self.range = range
            self.note = note
            self.isChosen = isChosen
        }
    }

    /// A segment in frames.
    struct Clip {
        let name: String
        /// The file's number.
        let media: Int
        /// Frames of the file, from its first one on.
        let source: Range<Int64>
        /// The frame of the timeline it begins at.
        let record: Int64
        /// For how many frames it and the one before it are on together.
        let overlap: Int64
        let note: String
        let marks: [ClipMark]

        var length: Int64 { source.upperBound - source.lowerBound }
        /// Where the part before it stops and its own begins, when seen as a cut with a transition across it.
        var cut: Int64 { record + overlap / 2 }
    }

    /// A mark in frames.
    struct ClipMark {
        let name: String
        /// Frames of the video, from its first one on.
        let source: Range<Int64>
        let note: String
        let isChosen: Bool
    }

    /// The timeline's name.
    let title: String
    /// The name of its file without extension.
    let fileName: String
    /// The files; the first one says how the whole is shown.
    let medias: [EditMedia]
    /// The timeline's own rate.
    let rate: EditRate
    /// Frames before the first clip, for a card.
    let lead: Int64
    /// The clips in their order; none is empty.
    let clips: [Clip]

    /// The file that says how the whole is shown.
    var media: EditMedia { medias[0] }

    /// How many frames a file has.
    func length(of media: Int) -> Int64 {
        max(
            rate.frame(at: medias[media].duration),
            clips.filter { $0.media == media }.map(\.source.upperBound).max() ?? 1,
            1
        )
    }

    /// The number of a file's first frame on its own timecode.
    func start(of media: Int) -> Int64 { medias[media].timecode.flatMap(rate.frames(timecode:)) ?? 0 }

    /// How many frames it has.
    var length: Int64 { clips.last.map { $0.record + $0.length } ?? lead }

    private let segments: [Segment]
    private let marks: [Mark]
    private let leadTime: MediaTime

    /// Lays out segments.
    ///
    /// - Parameters:
    ///   - fileName: The name of the file without extension.
    ///   - title: Its name for people.
    ///   - media: The file, number 0.
    ///   - others: Further files, from number 1 on.
    ///   - lead: How long it takes until the first segment, such as a card's duration.
    ///   - segments: The segments, in their order; what is shorter than a frame gets one.
    ///   - marks: What is told within the segments that show it.
    public init(
        fileName: String,
        title: String,
        media: EditMedia,
        followedBy others: [EditMedia] = [],
        lead: MediaTime = .zero,
        segments: [Segment],
        marks: [Mark] = []
    ) {
        self.init(fileName, title, [media] + others, media.rate, lead, segments, marks)
    }

    private init(
        _ fileName: String,
        _ title: String,
        _ medias: [EditMedia],
        _ rate: EditRate,
        _ lead: MediaTime,
        _ segments: [Segment],
        _ marks: [Mark]
    ) {
        (self.fileName, self.title, self.medias, self.rate) = (fileName, title, medias, rate)
        (self.segments, self.marks, leadTime) = (segments, marks, lead)
        self.lead = max(0, rate.frame(at: lead))
        var clips: [Clip] = []
        var record = self.lead
        for segment in segments where medias.indices.contains(segment.media) {
            let first = max(0, rate.frame(at: segment.range.start))
            let source = first..<max(first + 1, rate.frame(at: segment.range.end))
            let length = source.upperBound - source.lowerBound
            // Never more than is there on either side.
            let overlap = min(
                max(0, rate.frame(at: segment.overlap)),
                clips.last.map { $0.length - 1 } ?? 0,
                length - 1
            )
            clips.append(
                Clip(
                    name: segment.name,
                    media: segment.media,
                    source: source,
                    record: record - overlap,
                    overlap: overlap,
                    note: segment.note,
                    marks: marks.filter { $0.media == segment.media }
                        .compactMap { Self.mark($0, rate, within: source) }
                )
            )
            record += length - overlap
        }
        self.clips = clips
    }

    /// The same, counted as timecode of two digits of frames can tell it.
    var forTimecode: EditTimeline { EditTimeline(fileName, title, medias, rate.forTimecode, leadTime, segments, marks) }

    /// The part of a mark that a clip shows; it belongs to the clip that shows its beginning.
    private static func mark(_ mark: Mark, _ rate: EditRate, within source: Range<Int64>) -> ClipMark? {
        let first = rate.frame(at: mark.range.start)
        guard source.contains(first) else { return nil }
        let end = min(max(first + 1, rate.frame(at: mark.range.end)), source.upperBound)
        return ClipMark(name: mark.name, source: first..<end, note: mark.note, isChosen: mark.isChosen)
    }
}
