internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsStills

/// The seventh stage: what programs and editors read.
struct ExportStage: JobStage {
    static let stage = Stage.export
    static let failure = StageFailure(kind: .writeFailed) {
        "The data about \($0) could not be written as JSON; please report this."
    }
    static let options = [
        StageOption(\.title), StageOption(\.targetDuration), StageOption(\.quality), StageOption(\.analysis),
        StageOption(\.explain), StageOption(\.stills), StageOption(\.exports),
        // What the report's editor asks for again.
        StageOption(\.aspects), StageOption(\.segments), StageOption(\.pin), StageOption(\.ban), StageOption(\.want),
        StageOption(\.avoid), StageOption(\.marks), StageOption(\.product), StageOption(\.style),
        StageOption(\.captions), StageOption(\.voiceOver), StageOption(\.language),
    ]

    let known: VideoKnowledge
    let choice: ReelChoice
    let verified: VerifyStage.Verified
    /// The small pictures that may be shown.
    let survey: FrameSurvey
    /// What is there already.
    let files: [StagedFile]
    /// How long the stages before took.
    let times: StageTimes
    /// Who is in each scene; empty where nobody was looked for.
    let sceneSubjects: [SceneSubjectsEntry]
    /// What each scene shows in a command's words; empty where none was asked.
    let descriptions: [String?]
    /// What came from whom in an album's reel; nil for a reel of one video.
    var album: Album?

    private var analysis: SamplingResult { known.analysis }
    private var selection: Selection { choice.selection }

    /// Writes the documents, the timelines for editors, what media centres read, and the report; describes every output.
    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> [JobResult.Output] {
        var written = try documents(context).map { try context.staging.write($0.kind, $0.name, $0.data) }
        let mediaCenter = MediaCenterFiles(
            context: context,
            survey: survey,
            selection: selection,
            reel: verified.reel,
            duration: analysis.signals.frames.end,
            files: files
        )
        written += try mediaCenter.write()
        if context.spec.options.exports.report {
            times.end()
            let report = JobReport(
                context: context,
                known: known,
                choice: choice,
                verified: verified,
                times: times.seconds,
                files: files + written,
                descriptions: descriptions
            )
            let file = try report.file()
            written.append(try context.staging.write(file.kind, file.name, file.data))
        }
        return try context.staging.described(files + written)
    }

    /// `metadata.json`, `scenes.json`, `scenes.csv`, where it was asked for `signals.csv`, where somebody was looked for
    /// `subjects.json`, `highlight.json`, of an album `album.json`, the captions, and the timelines.
    private func documents(_ context: StageContext) throws -> [ExportedFile] {
        let (source, name, duration) = (context.source, context.spec.name, analysis.signals.frames.end)
        let scenes = scenes(context)
        let metadata = MetadataDocument(source, name: name, tags: context.video.tags, duration: duration)
        var documents = [try metadata.file(), try scenes.file(), scenes.table()]
        if context.spec.options.explain { documents.append(signalTable(context).file()) }
        if let subjects = known.subjects {
            let size = source.video.format.displaySize
            documents.append(try SubjectsDocument(subjects, source: name, size: size).file())
        }
        documents.append(try highlight(context).file())
        if let album {
            documents.append(
                ExportedFile(kind: "album", name: "album.json", data: try MomentsJSON.document(album.document))
            )
        }
        documents += CaptionFiles(known.words, verified.reel).files
        return documents + (try EditorTimelines(context, analysis, selection, verified.reel, album).files())
    }

    private func scenes(_ context: StageContext) -> ScenesDocument {
        let scenes = selection.scenes
        return ScenesDocument(
            scenes,
            source: context.spec.name,
            duration: analysis.signals.frames.end,
            frameRate: context.source.frameRate,
            subjects: sceneSubjects,
            words: scenes.map { known.words.text(in: $0.range) },
            descriptions: descriptions
        )
    }

    /// What each second was worth to the choice.
    private func signalTable(_ context: StageContext) -> SignalTable {
        let explanation = explanation(context)
        var table = SignalTable(signals: explanation.signals)
        for row in explanation.rows {
            table.add(start: row.start, ranks: row.ranks, score: row.score, scene: row.scene, shot: row.shot)
        }
        return table
    }

    private func explanation(_ context: StageContext) -> Explanation {
        Explanation(
            analysis.signals,
            selection,
            verdicts: known.judgement.verdicts,
            marks: context.video.marks,
            spoken: known.words.spoken,
            wished: choice.wishes.wished,
            taste: context.spec.taste,
            noticed: choice.noticed
        )
    }

    private func highlight(_ context: StageContext) -> HighlightDocument<Verification> {
        // What could not be decoded is not in the reel, and so not here.
        let shots = zip(selection.shots, verified.reel.shots).filter { $1.isShown }.map { shot, rendered in
            HighlightShot(
                range: rendered.range,
                reelRange: rendered.place,
                score: shot.score,
                signals: shot.signals,
                reasons: shot.reasons,
                words: known.words.text(in: rendered.range),
                copiedShare: rendered.copy.share,
                copyReason: rendered.copy.reason
            )
        }
        return HighlightDocument(
            source: context.spec.name,
            duration: analysis.signals.frames.end,
            options: context.spec.options,
            analysis: .init(
                mode: context.spec.options.analysis,
                framesDecodedShare: analysis.decodedShare,
                reason: analysis.reason + (analysis.proxy.map { "; of its proxy '\($0.display)'" } ?? "")
            ),
            reelDuration: verified.reel.duration,
            shots: shots,
            nearMisses: selection.nearMisses.map {
                HighlightNearMiss(range: $0.range, score: $0.score, reasons: $0.reasons)
            },
            poster: poster,
            marks: context.video.marks,
            note: selection.note,
            verification: verified.verification,
            further: further
        )
    }

    /// The poster, where it is known when its picture is shown.
    private var poster: HighlightPoster? {
        files.first { $0.kind == "poster" }.flatMap { file in
            file.time.map { HighlightPoster(file: file.name, time: $0) }
        }
    }

    /// The reel's further shapes.
    private var further: [HighlightAspect<Verification>] {
        verified.further.map { made in
            HighlightAspect(
                aspect: made.shape.aspect,
                file: made.shape.fileName,
                width: made.reel.width,
                height: made.reel.height,
                duration: made.reel.duration,
                verification: made.verification
            )
        }
    }
}
