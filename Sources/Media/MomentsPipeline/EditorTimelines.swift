internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection

/// The reel and the scenes as editors and players take them.
struct EditorTimelines {
    private let spec: JobSpec
    private let source: MediaSource
    private let analysis: SamplingResult
    private let selection: Selection
    private let reel: Reel

    init(
        _ context: StageContext,
        _ analysis: SamplingResult,
        _ selection: Selection,
        _ reel: Reel
    ) {
        (spec, source) = (context.spec, context.source)
        (self.analysis, self.selection, self.reel) = (analysis, selection, reel)
    }

    /// The timelines asked for, and the video's chapters.
    ///
    /// - Returns: `highlight.*` and `scenes.*` in each format, and `chapters.*`.
    /// - Throws: `EncodingError`.
    func files() throws -> [ExportedFile] {
        let timelines = spec.options.exports.timelines.isEmpty ? [] : [highlight, scenes]
        return try timelines.flatMap { timeline in
            try spec.options.exports.timelines.map { try TimelineFile.make(of: timeline, in: $0) }
        }
            + SourceChapters(chapters).files()
    }

    private var media: EditMedia {
        let (video, end) = (source.video, analysis.signals.frames.end)
        let times = source.track.entries.filter { !$0.isDiscarded }.map(\.pts)
        let timing = FrameTiming(times: times, keyframeTimes: [], base: video.timeBase)
        var media = EditMedia(
            path: spec.options.exports.pathMap.apply(to: spec.source),
            name: spec.name,
            duration: end,
            rate: EditRate(of: source.frameRate, isVariable: timing.isVariable),
            width: video.format.width,
            height: video.format.height
        )
        media.pixelAspect = video.format.sampleAspectRatio
        media.rotation = video.format.orientation.rotation
        media.channels = source.audio?.channels ?? 0
        media.sampleRate = source.audio?.sampleRate ?? 0
        let tags = [source.tags, video.tags] + source.streams.filter { $0.kind == .data }.map(\.tags)
        media.timecode = tags.lazy.compactMap { $0["timecode"] }.first
        return media
    }

    /// The shots that are in the reel, each with its number among those chosen.
    private var shots: [(number: Int, shot: Selection.Shot, range: TimeRange, place: TimeRange)] {
        zip(selection.shots, reel.shots).filter { $1.isShown }.enumerated().map {
            ($0.offset + 1, $0.element.0, $0.element.1.range, $0.element.1.place)
        }
    }

    private var highlight: EditTimeline {
        let shots = shots
        let segments = shots.enumerated().map { index, shot in
            let before = index > 0 ? shots[index - 1].place.end : shot.place.start
            return EditTimeline.Segment(
                name: HighlightShot.name(shot.number),
                range: shot.range,
                overlap: before > shot.place.start ? before - shot.place.start : .zero,
                note: shot.shot.reasons.joined(separator: "; ")
            )
        }
        return EditTimeline(
            fileName: "highlight",
            title: Escaping.line(spec.options.title ?? spec.name.stem.text),
            media: media,
            lead: shots.first?.place.start ?? .zero,
            segments: segments
        )
    }

    private var scenes: EditTimeline {
        let chosen = shots.map {
            EditTimeline.Mark(
                name: HighlightShot.name($0.number),
                range: $0.range,
                note: $0.shot.reasons.joined(separator: "; "),
                isChosen: true
            )
        }
        let missed = selection.nearMisses.enumerated().map { index, miss in
            EditTimeline.Mark(
                name: "near miss \(index + 1)",
                range: miss.range,
                note: miss.reasons.joined(separator: "; "),
                isChosen: false
            )
        }
        return EditTimeline(
            fileName: "scenes",
            title: "\(Escaping.line(spec.name.stem.text)) – scenes",
            media: media,
            segments: selection.scenes.enumerated().map {
                EditTimeline.Segment(name: "Scene \($0.offset + 1)", range: $0.element.range)
            },
            marks: chosen + missed
        )
    }

    /// The file's own chapters, which somebody has named; else its scenes.
    private var chapters: [SourceChapters.Chapter] {
        if !source.chapters.isEmpty {
            return source.chapters.enumerated().map { index, chapter in
                let title = chapter.title.isEmpty ? "Chapter \(index + 1)" : chapter.title
                return .init(title: title, range: TimeRange(start: chapter.start, end: chapter.end))
            }
        }
        let shots = shots
        return selection.scenes.enumerated().map { index, scene in
            let isShown = shots.contains { $0.range.intersection(scene.range) != nil }
            return .init(title: "Scene \(index + 1)\(isShown ? " (in the reel)" : "")", range: scene.range)
        }
    }
}
