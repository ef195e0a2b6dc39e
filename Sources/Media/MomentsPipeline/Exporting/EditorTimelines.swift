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
    private let interrupt: Interrupt
    private let album: Album?

    init(
        _ context: StageContext,
        _ analysis: SamplingResult,
        _ selection: Selection,
        _ reel: Reel,
        _ album: Album?
    ) {
        self.album = album
        (spec, source, interrupt) = (context.spec, context.source, context.interrupt)
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

    /// A part of the video: which file shows it, and what is added to its times.
    private struct Part {
        let media: Int
        let range: TimeRange
        let shift: MediaTime
    }

    /// Which file shows what.
    private var parts: [Part] {
        guard let album, album.origins.count == source.parts.count else {
            return source.parts.enumerated().map { number, part in
                Part(media: number, range: part.range, shift: .zero - part.range.start)
            }
        }
        let files = files(of: album)
        return zip(source.parts, album.origins).map { part, origin in
            Part(
                media: files.firstIndex { $0.file.path == origin.file.path } ?? 0,
                range: part.range,
                shift: MediaTime(seconds: origin.start) - part.range.start
            )
        }
    }

    /// The videos of an album that are shown, each once.
    private func files(of album: Album) -> [Album.Origin] {
        var seen: Set<FilePath> = []
        return album.origins.filter { seen.insert($0.file.path).inserted }
    }

    /// An album's videos, as long as each is; all counted at the reel's rate.
    private func medias(of album: Album) -> [EditMedia] {
        files(of: album).map { origin in
            var media = EditMedia(
                path: spec.options.exports.pathMap.apply(to: origin.file.path),
                name: origin.file.name.name,
                duration: MediaTime(seconds: origin.duration),
                rate: EditRate(of: source.frameRate, isVariable: false),
                width: source.video.format.width,
                height: source.video.format.height
            )
            (media.channels, media.sampleRate) = (source.audio?.channels ?? 0, source.audio?.sampleRate ?? 0)
            media.timecode = tagsOfFile(origin.file.path).lazy.compactMap { $0["timecode"] }.first
            return media
        }
    }

    /// The video's files; each shows its own part of the time.
    private var medias: [EditMedia] {
        if let album, album.origins.count == source.parts.count { return medias(of: album) }
        let video = source.video
        let times = source.track.entries.filter { !$0.isDiscarded }.map(\.pts)
        let timing = FrameTiming(times: times, keyframeTimes: [], base: video.timeBase)
        let rate = EditRate(of: source.frameRate, isVariable: timing.isVariable)
        let tags = [source.tags, video.tags] + source.streams.filter { $0.kind == .data }.map(\.tags)
        return source.parts.enumerated().map { number, part in
            var media = EditMedia(
                path: spec.options.exports.pathMap.apply(to: part.path),
                name: number == 0 ? spec.name : part.path.name,
                duration: number == source.parts.count - 1
                    ? analysis.signals.frames.end - part.range.start : part.range.duration,
                rate: rate,
                width: video.format.width,
                height: video.format.height
            )
            media.pixelAspect = video.format.sampleAspectRatio
            media.rotation = video.format.orientation.rotation
            media.channels = source.audio?.channels ?? 0
            media.sampleRate = source.audio?.sampleRate ?? 0
            media.timecode = (number == 0 ? tags : tagsOfFile(part.path)).lazy.compactMap { $0["timecode"] }.first
            return media
        }
    }

    private func tagsOfFile(_ path: FilePath) -> [[String: String]] {
        guard let input = try? Input(path, interrupt: interrupt) else { return [] }
        return [input.tags] + input.streams.filter { $0.kind == .video || $0.kind == .data }.map(\.tags)
    }

    /// A segment as each of the files shows it that it is in.
    private func pieces(
        _ name: String,
        _ range: TimeRange,
        overlap: MediaTime = .zero,
        note: String = ""
    ) -> [EditTimeline.Segment] {
        let parts = parts
        guard parts.count > 1 || album != nil else {
            return [.init(name: name, range: range, overlap: overlap, note: note)]
        }
        let shown = parts.enumerated().compactMap { number, part in
            let isLast = number == parts.count - 1
            let whole = isLast ? TimeRange(start: part.range.start, end: max(range.end, part.range.end)) : part.range
            return range.intersection(whole).map { (part.media, $0, part.shift) }
        }
        return shown.enumerated().map { index, piece in
            EditTimeline.Segment(
                name: name,
                media: piece.0,
                range: TimeRange(start: piece.1.start + piece.2, end: piece.1.end + piece.2),
                overlap: index == 0 ? overlap : .zero,
                note: note
            )
        }
    }

    /// A mark in the file that shows its beginning.
    private func mark(_ name: String, _ range: TimeRange, _ reasons: [String], isChosen: Bool) -> EditTimeline.Mark {
        let part = parts.last { $0.range.start <= range.start } ?? parts[0]
        return EditTimeline.Mark(
            name: name,
            media: part.media,
            range: TimeRange(start: range.start + part.shift, end: range.end + part.shift),
            note: reasons.joined(separator: "; "),
            isChosen: isChosen
        )
    }

    /// The shots that are in the reel, each with its number among those chosen.
    private var shots: [(number: Int, shot: Selection.Shot, range: TimeRange, place: TimeRange)] {
        zip(selection.shots, reel.shots).filter { $1.isShown }.enumerated().map {
            ($0.offset + 1, $0.element.0, $0.element.1.range, $0.element.1.place)
        }
    }

    private var highlight: EditTimeline {
        let shots = shots
        let medias = medias
        let segments = shots.enumerated().flatMap { index, shot in
            let before = index > 0 ? shots[index - 1].place.end : shot.place.start
            return pieces(
                HighlightShot.name(shot.number),
                shot.range,
                overlap: before > shot.place.start ? before - shot.place.start : .zero,
                note: shot.shot.reasons.joined(separator: "; ")
            )
        }
        return EditTimeline(
            fileName: "highlight",
            title: Escaping.line(spec.options.title ?? spec.name.stem.text),
            media: medias[0],
            followedBy: Array(medias.dropFirst()),
            lead: shots.first?.place.start ?? .zero,
            segments: segments
        )
    }

    private var scenes: EditTimeline {
        let chosen = shots.map { mark(HighlightShot.name($0.number), $0.range, $0.shot.reasons, isChosen: true) }
        let missed = selection.nearMisses.enumerated().map { index, miss in
            mark("near miss \(index + 1)", miss.range, miss.reasons, isChosen: false)
        }
        let medias = medias
        return EditTimeline(
            fileName: "scenes",
            title: "\(Escaping.line(spec.name.stem.text)) – scenes",
            media: medias[0],
            followedBy: Array(medias.dropFirst()),
            segments: selection.scenes.enumerated().flatMap { pieces("Scene \($0.offset + 1)", $0.element.range) },
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
