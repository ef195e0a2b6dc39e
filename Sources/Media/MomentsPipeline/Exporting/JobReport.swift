internal import FoundationEssentials
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsSystem

/// What the report of a job is made from.
struct JobReport {
    let context: StageContext
    let known: VideoKnowledge
    let choice: ReelChoice
    let verified: VerifyStage.Verified
    let times: [(stage: Stage, seconds: Double)]
    let files: [StagedFile]
    /// What each scene shows in a command's words; empty where none was asked.
    let descriptions: [String?]

    private var spec: JobSpec { context.spec }
    private var analysis: SamplingResult { known.analysis }
    private var selection: Selection { choice.selection }
    private var words: JobWords { known.words }
    private var probe: ProbedVideo { context.video }
    private var reel: Reel { verified.reel }
    private var verification: Verification { verified.verification }

    /// Scenes whose stills the report carries itself; those behind them stay files beside it.
    private static let mostCarried = 60

    /// Marks that are named one by one.
    private static let mostMarks = 40

    /// The file.
    ///
    /// - Returns: `report.html`.
    /// - Throws: `EncodingError`.
    func file() throws -> ExportedFile {
        var facts = ReportFacts(
            name: spec.name,
            title: Escaping.line(spec.options.title ?? spec.name.stem.text),
            duration: analysis.signals.frames.end,
            reelDuration: reel.duration,
            targetDuration: spec.options.targetDuration
        )
        facts.asked = spec.options
        facts.preset = spec.preset
        facts.capturedAt = probe.tags.time
        (facts.shots, facts.nearMisses) = (shots, nearMisses)
        facts.scores = Explanation(
            analysis.signals,
            selection,
            verdicts: known.judgement.verdicts,
            marks: probe.marks,
            spoken: words.spoken,
            wished: choice.wishes.wished
        ).rows.map(\.score)
        facts.scenes = scenes
        facts.technical = technical
        facts.work = work
        facts.troubles = troubles
        facts.further = verified.further.map { .init($0.shape.aspect.rawValue, $0.shape.fileName) }
        facts.poster = files.first { $0.kind == "poster" }?.name
        facts.files = files.filter { $0.kind != "scene_still" && $0.kind != "trickplay" }.map(\.name)
        return try ReportDocument(facts).file()
    }

    private var shots: [ReportFacts.Segment] {
        zip(selection.shots, reel.shots).filter { $1.isShown }.enumerated().map {
            let (shot, rendered) = $0.element
            return .init(
                name: HighlightShot.name($0.offset + 1),
                range: rendered.range,
                score: shot.score,
                reasons: shot.reasons,
                words: words.text(in: rendered.range)
            )
        }
    }

    private var nearMisses: [ReportFacts.Segment] {
        selection.nearMisses.enumerated().map {
            .init(
                name: "near miss \($0.offset + 1)",
                range: $0.element.range,
                score: $0.element.score,
                reasons: $0.element.reasons,
                words: words.text(in: $0.element.range)
            )
        }
    }

    private var scenes: [ReportFacts.SceneStill] {
        let format = spec.options.stills.format
        let names = Set(files.filter { $0.kind == "scene_still" }.map(\.name))
        return selection.scenes.enumerated().map { index, scene in
            let name = StillsMaker.sceneName(index + 1, format)
            let isThere = names.contains(name)
            let image = isThere && index < Self.mostCarried ? content(name) : nil
            return .init(
                range: scene.range,
                transition: scene.transition.rawValue,
                importance: scene.importance,
                file: isThere ? name : nil,
                image: image,
                type: "image/\(format.rawValue)",
                description: index < descriptions.count ? descriptions[index] : nil,
                words: words.text(in: scene.range)
            )
        }
    }

    private func content(_ name: String) -> Data? {
        let path = context.staging.file(name)
        return (try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)).map { Data($0) }
    }

    private var technical: [ReportFacts.Row] {
        let (source, format) = (probe.source, probe.source.video.format)
        let shown = format.displaySize
        var rows = [
            ReportFacts.Row("Container", source.container),
            ReportFacts.Row("Size", Self.bytes(source.size)),
            ReportFacts.Row("Duration", ClockText.milliseconds(analysis.signals.frames.end.seconds)),
            ReportFacts.Row("Video", [source.video.codec, source.video.profile].joined(separator: " ")),
            ReportFacts.Row("Picture", "\(format.width) × \(format.height), shown as \(shown.width) × \(shown.height)"),
            ReportFacts.Row("Frame rate", Self.rate(source.frameRate)),
            ReportFacts.Row("Colours", "\(format.bitDepth) bits, \(format.isHDR ? "HDR, " : "")\(format.primaries)"),
        ]
        if let audio = source.audio {
            let value = "\(audio.codec), \(audio.channels) channels, \(audio.sampleRate) Hz"
            rows.append(.init("Sound", value))
        } else {
            rows.append(.init("Sound", "none"))
        }
        let camera = [probe.tags.make, probe.tags.model].compactMap { $0 }.joined(separator: " ")
        if !camera.isEmpty { rows.append(.init("Camera", camera)) }
        if !probe.marks.isEmpty {
            let named = probe.marks.prefix(Self.mostMarks).map(\.words).joined(separator: ", ")
            let more = probe.marks.count - Self.mostMarks
            rows.append(.init("Marked", more > 0 ? "\(named) and \(more) more" : named))
        }
        if let info = words.info, info.isUsed {
            let moved = info.offset == 0 ? "" : ", moved by \(info.offset) s"
            rows.append(.init("Words", "\(info.origin): \(info.sentences) sentences\(moved)"))
        }
        if let time = probe.tags.time { rows.append(.init("Recorded", time.description)) }
        return rows
    }

    private var work: [ReportFacts.Row] {
        let share = Int((analysis.decodedShare * 100).rounded())
        // Stretches that are looked at closely are decoded again from where decoding can begin.
        let part = share > 100 ? "every picture, some of them twice" : "\(share) % of the pictures"
        let proxy = analysis.proxy.map { " of its proxy '\($0.display)'" } ?? ""
        var rows = [
            ReportFacts.Row("Looked at", "\(part)\(proxy): \(analysis.reason)"),
            ReportFacts.Row(
                "Proved",
                "\(verification.frames) pictures in the reel, \(verification.copiedFrames) of them the video's own"
            ),
        ]
        for made in verified.further {
            let (aspect, proof) = (made.shape.aspect.rawValue, made.verification)
            rows.append(
                .init("Proved as \(aspect)", "\(proof.frames) pictures of \(made.reel.width) × \(made.reel.height)")
            )
        }
        for entry in times {
            let seconds = (entry.seconds * 100).rounded() / 100
            rows.append(.init("Stage \(entry.stage.rawValue)", "\(seconds) s"))
        }
        return rows
    }

    private var troubles: [String] {
        var troubles: [String] = []
        if let note = selection.note { troubles.append(note) }
        if let note = words.info?.note { troubles.append(note) }
        if analysis.damagedPackets > 0 {
            troubles.append("\(analysis.damagedPackets) damaged parts of the video could not be decoded.")
        }
        if let before = verification.failedBefore {
            troubles.append("A first reel did not pass its check (\(before)), so that all of this one was encoded.")
        }
        if reel.shots.contains(where: { !$0.isShown }) {
            troubles.append("A shot that was chosen could not be decoded and is not in the reel.")
        }
        for made in verified.further {
            guard let before = made.verification.failedBefore else { continue }
            let aspect = made.shape.aspect.rawValue
            troubles.append("A first reel of \(aspect) did not pass its check (\(before)), so that it was made anew.")
        }
        return troubles
    }

    private static func bytes(_ count: Int64) -> String {
        count < 10_000_000 ? "\(count / 1000) kB" : "\(count / 1_000_000) MB"
    }

    private static func rate(_ rate: Rational) -> String {
        rate.isPositive ? "\((rate.value * 1000).rounded() / 1000) a second" : "unknown"
    }
}
