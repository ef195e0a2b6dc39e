internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsSystem

/// The sixth stage: what programs and editors read.
enum ExportStage {
    /// Writes `metadata.json`, `scenes.json`, `scenes.csv`, and where it was asked for `signals.csv`.
    static func run(
        _ spec: JobSpec,
        _ probe: ProbeStage.Outcome,
        _ signals: Signals,
        _ selection: Selection,
        into staging: inout StagingFolder
    ) throws(JobError) {
        let source = probe.source
        let scenes = ScenesDocument(
            selection.scenes,
            source: spec.name,
            duration: signals.frames.end,
            frameRate: source.frameRate
        )
        let metadata = MetadataDocument(source, name: spec.name, tags: probe.tags, duration: signals.frames.end)
        try write(spec, into: &staging) { [try metadata.file(), try scenes.file(), scenes.table()] }
        if spec.options.explain { try write(spec, into: &staging) { [signalTable(signals, selection).file()] } }
    }

    /// What each second was worth to the choice.
    private static func signalTable(_ signals: Signals, _ selection: Selection) -> SignalTable {
        var table = SignalTable(signals: Explanation.signals)
        for row in Explanation(signals, selection).rows {
            table.add(start: row.start, ranks: row.ranks, score: row.score, scene: row.scene, shot: row.shot)
        }
        return table
    }

    /// Writes `highlight.json`, once the reel's verification is known.
    static func writeHighlight(
        _ spec: JobSpec,
        _ analysis: SamplingResult,
        _ selection: Selection,
        _ reel: Reel,
        _ verification: Verification,
        into staging: inout StagingFolder
    ) throws(JobError) {
        // What could not be decoded is not in the reel, and so not here.
        let shots = zip(selection.shots, reel.shots).filter { $1.isShown }.map { shot, rendered in
            HighlightShot(
                range: rendered.range,
                reelRange: rendered.place,
                score: shot.score,
                signals: shot.signals,
                reasons: shot.reasons,
                copiedShare: rendered.copy.share,
                copyReason: rendered.copy.reason
            )
        }
        let document = HighlightDocument(
            source: spec.name,
            duration: analysis.signals.frames.end,
            options: spec.options,
            analysis: .init(
                mode: spec.options.analysis,
                framesDecodedShare: analysis.decodedShare,
                reason: analysis.reason
            ),
            reelDuration: reel.duration,
            shots: shots,
            nearMisses: selection.nearMisses.map {
                HighlightNearMiss(range: $0.range, score: $0.score, reasons: $0.reasons)
            },
            note: selection.note,
            verification: verification
        )
        try write(spec, into: &staging) { [try document.file()] }
    }

    private static func write(
        _ spec: JobSpec,
        into staging: inout StagingFolder,
        _ files: () throws -> [ExportedFile]
    ) throws(JobError) {
        do {
            for file in try files() { try staging.write(file.kind, file.name, file.data) }
        } catch let error as SystemError { throw JobError(error, name: spec.name) } catch {
            throw JobError(
                .writeFailed,
                "The data about '\(spec.name.display)' could not be written as JSON; please report this.",
                detail: "\(error)"
            )
        }
    }
}
