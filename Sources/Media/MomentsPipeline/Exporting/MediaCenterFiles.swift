internal import FoundationEssentials
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills
internal import MomentsSystem

/// What media centres read beside a reel, and what they would read beside the video.
struct MediaCenterFiles {
    let context: StageContext
    let survey: FrameSurvey
    let selection: Selection
    let reel: Reel
    /// The video's.
    let duration: MediaTime
    /// What is there already.
    let files: [StagedFile]

    /// The folder of what belongs beside the video, for people to put there.
    static let originalFolder = "original"

    private var options: ExportOptions { context.spec.options.exports }
    private var isWanted: Bool { options.trickplay || options.mediaCenter != .off }

    /// Writes what is wanted.
    func write() throws -> [StagedFile] {
        guard isWanted else { return [] }
        var written: [StagedFile] = []
        if reel.duration > .zero {
            written += try ofReel()
        }
        if let stem = originalStem { written += try ofOriginal(stem) }
        return written
    }

    private func ofReel() throws -> [StagedFile] {
        let stem = FilePath(RenderStage.fileName).stem.text
        var written = [try write(nfo(reelPlot, reel.duration).file("\(stem).nfo"))]
        if options.trickplay {
            let sheets = TrickplaySheets(survey, width: reel.width, height: reel.height, colors: colors)
            written += try trickplay(sheets, "\(stem).trickplay", reel.duration, place: place(inReel:))
        }
        if options.mediaCenter == .kodi {
            for (kind, endings) in [("thumbnail", ["thumb"]), ("poster", ["poster", "fanart"])] {
                guard let picture = files.first(where: { $0.kind == kind }) else { continue }
                let ending = picture.name.split(separator: ".").last ?? "jpg"
                for name in endings {
                    let file = "\(stem)-\(name).\(ending)"
                    let path = context.staging.file(picture.name)
                    let bytes = try Descriptor.openRegular(path).read(64 << 20, at: 0, of: path)
                    written.append(try context.staging.write("media_center_\(name)", file, bytes))
                }
            }
        }
        return written
    }

    /// The video's name without its extension, where files can be named so here.
    private var originalStem: String? {
        guard let stem = context.spec.name.stem.exactText, stem.utf8.count <= AtomicFile.longestName - 10 else {
            return nil
        }
        return stem
    }

    private func ofOriginal(_ stem: String) throws -> [StagedFile] {
        try Folder.make(context.staging.file(Self.originalFolder))
        let name = "\(Self.originalFolder)/\(stem)"
        let shown = context.source.video.format.displaySize
        var written = [try write(nfo(originalPlot, duration).file("\(name).nfo"))]
        if options.trickplay {
            let sheets = TrickplaySheets(survey, width: shown.width, height: shown.height, colors: colors)
            written += try trickplay(sheets, "\(name).trickplay", duration) { seconds in
                (MediaTime(seconds: seconds), TimeRange(start: .zero, end: duration))
            }
        }
        return written
    }

    private func trickplay(
        _ sheets: TrickplaySheets,
        _ folder: String,
        _ duration: MediaTime,
        place: (Double) -> (time: MediaTime, segment: TimeRange)
    ) throws -> [StagedFile] {
        guard !survey.entries.isEmpty else { return [] }
        let folder = "\(folder)/\(sheets.folder)"
        try Folder.make(context.staging.file(folder))
        var written: [StagedFile] = []
        try sheets.make(duration: duration.seconds, place: place) { name, bytes in
            written.append(try context.staging.write("trickplay", "\(folder)/\(name)", bytes))
        }
        return written
    }

    /// Where in the video a moment of the reel is from; a card shows what comes next to it.
    private func place(inReel seconds: Double) -> (time: MediaTime, segment: TimeRange) {
        let shots = reel.shots.filter(\.isShown)
        let moment = MediaTime(seconds: seconds)
        guard let shot = shots.last(where: { $0.place.start <= moment }) ?? shots.first else {
            return (.zero, TimeRange(start: .zero, end: duration))
        }
        let inside = min(max(moment - shot.place.start, .zero), shot.range.duration)
        return (shot.range.start + inside, shot.range)
    }

    private func nfo(_ plot: [String], _ duration: MediaTime) -> NFODocument {
        NFODocument(
            title: context.spec.options.title ?? context.spec.name.stem.text,
            plot: plot,
            duration: duration,
            capturedAt: context.video.tags.time
        )
    }

    private var reelPlot: [String] {
        let shots = zip(selection.shots, reel.shots).filter { $1.isShown }
        let head =
            "The best moments of \(context.spec.name.text) (\(ClockText.hoursMinutesSeconds(duration.seconds))):"
        return [head]
            + shots.map { shot, rendered in
                let time = ClockText.hoursMinutesSeconds(rendered.range.start.seconds)
                return ([time] + [shot.reasons.joined(separator: ", ")]).joined(separator: " ")
            }
    }

    private var originalPlot: [String] {
        let shown = context.source.video.format.displaySize
        return ["\(context.spec.name.text), \(shown.width) × \(shown.height), \(selection.scenes.count) scenes"]
    }

    private var colors: FrameColors { FrameColors(context.source.video.format) }

    private func write(_ file: ExportedFile) throws -> StagedFile {
        try context.staging.write(file.kind, file.name, file.data)
    }
}
