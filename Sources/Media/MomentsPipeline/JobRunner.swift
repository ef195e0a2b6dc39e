internal import MomentsAnalysis
public import MomentsCore
public import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsStills
internal import MomentsStoryboard
public import MomentsSystem

/// Takes a job through its stages, in order, and tells of each.
public struct JobRunner {
    private let spec: JobSpec
    private let interrupt: Interrupt
    private let reply: () -> JudgeReply?
    private let transcript: () -> TranscriptReply?
    private let errandReply: () -> ErrandReply?
    private let emit: (JobEvent) -> Void
    private let steps: StageRunner

    /// Makes a runner; nothing happens before `run`.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interrupt: Stops it at the next check.
    ///   - reply: Waits for what is answered to the next question of this job; nil where nobody answers.
    ///   - transcript: The same for the recording of this job.
    ///   - errandReply: Waits for what comes of the next work that is to be done by a command, likewise.
    ///   - emit: Receives every event, in order, on the calling thread.
    public init(
        _ spec: JobSpec,
        interrupt: Interrupt,
        reply: @escaping () -> JudgeReply? = { nil },
        transcript: @escaping () -> TranscriptReply? = { nil },
        errandReply: @escaping () -> ErrandReply? = { nil },
        emit: @escaping (JobEvent) -> Void
    ) {
        self.spec = spec
        self.interrupt = interrupt
        self.reply = reply
        self.transcript = transcript
        self.errandReply = errandReply
        self.emit = emit
        steps = StageRunner(spec.name, interrupt: interrupt, emit: emit)
    }

    /// Goes on with the job of a reel that is made of an album's shots.
    private init(_ runner: JobRunner, with album: Album) {
        spec = album.spec
        (interrupt, reply, emit, steps) = (runner.interrupt, runner.reply, runner.emit, runner.steps)
        (transcript, errandReply) = (runner.transcript, runner.errandReply)
    }

    /// Does the job.
    ///
    /// - Parameters:
    ///   - pid: This process, for whoever listens.
    ///   - sandbox: What shuts it in; what is missing is told.
    /// - Returns: Whether it was completed; if not, the last event says why.
    public func run(pid: Int32, sandbox: SandboxLevel? = nil) -> Bool {
        emit(.started(version: Version.text, pid: pid, sandbox: sandbox?.description))
        if let sandbox, !sandbox.isWhole {
            guard spec.sandbox == .best else {
                emit(.failed(.probe, refusal(sandbox)))
                return false
            }
            for gap in sandbox.gaps { emit(.note(gap)) }
        }
        do {
            emit(.completed(try work()))
            return true
        } catch {
            emit(.failed(steps.current, steps.jobError(error)))
            return false
        }
    }

    /// Letters of a reel's words that its result tells.
    private static let mostWords = 1200

    private func refusal(_ sandbox: SandboxLevel) -> JobError {
        let message =
            "'\(spec.name.display)' was not opened, since [Workers] Sandbox=required asks for more than there is. "
            + sandbox.gaps.joined(separator: " ")
        return JobError(.interrupted, message)
    }

    private func work() throws -> JobResult {
        if let story = spec.options.story { return try tell(story) }
        guard !spec.album.isEmpty else { return try work(of: nil) }
        let album = try steps.run(.probe, failure: ProbeStage.failure) { progress in
            var reached = 0.0
            return try AlbumMaker(spec, interrupt: interrupt).make(
                progress: { share in
                    reached = share
                    progress(share)
                },
                beat: { emit(.progress(.probe, share: reached)) }
            )
        }
        for note in album.notes { emit(.note(note)) }
        return try JobRunner(self, with: album).work(of: album)
    }

    /// The stages in their order, each made with what it needs of those before it.
    ///
    /// - Parameter album: What the video is made of; nil for one that is a video.
    /// - Returns: What was made.
    /// - Throws: Whatever ends the job.
    private func work(of album: Album?) throws -> JobResult {
        let video = try steps.run(.probe, failure: ProbeStage.failure) { progress in
            try ProbeStage.run(spec, interrupt: interrupt, progress: progress)
        }
        emit(.media(video.media))
        let product = try JobProduct(spec)
        for note in video.source.notes { emit(.note("'\(spec.name.display)': \(note)")) }
        var context = stageContext(of: video)
        let checkpoints = Checkpoints(spec)
        let bindsStarts = video.source.bindsStarts(spec.options)
        // Before anything else: what may show nobody is not begun where nobody could be found.
        let finder = try CoverFinder(spec, interrupt: interrupt)
        let models = SubjectModels(spec)
        let asksJudge = spec.options.judge && finder == nil
        let stillsForJudge = asksJudge ? JudgeStage.observer(of: video.source) : nil
        let proxy = try proxy(of: video, models, asksJudge: asksJudge)
        let analyze = AnalyzeStage(
            bindsStarts: bindsStarts,
            checkpoints: checkpoints,
            keepsPictures: !models.models.isEmpty,
            proxy: proxy,
            observers: [stillsForJudge].compactMap { $0 }
        )
        let findings = try steps.run(analyze, in: context)
        defer { for work in findings.saving { work.join() } }
        let (analysis, signals) = (findings.result, findings.result.signals)
        tellWhatWasDecoded(video, analysis, proxy)
        let subjects = try subjects(models, findings, bindsStarts: bindsStarts, in: context)
        let words = try transcribed(JobWords(spec, video.source, signals), video.source, signals, in: context)
        if let info = words.info { emit(.transcript(info)) }
        if let trouble = words.trouble { emit(.note(trouble)) }
        let judgement = try stillsForJudge.map { stills in
            try steps.run(JudgeStage(signals: signals, stills: stills, reply: reply), in: context)
        }
        let voice = try VoiceOverWork(spec, interrupt: interrupt, emit: emit, reply: errandReply).speak(steps)
        if let voice { context = context.with(targetDuration: max(spec.options.targetDuration, voice.length)) }
        let wishes = JobWishes(spec.options, signals, words, subjects)
        let select = SelectStage(
            signals: signals,
            bindsStarts: bindsStarts,
            judgement: judgement ?? .none,
            spoken: words.spoken,
            wishes: wishes,
            noticed: Noticed(subjects, count: signals.visual.count)
        )
        if spec.taste.edits > 0 { emit(.taste(spec.taste.info)) }
        let chosen = try steps.run(select, in: context)
        let selection = album?.told(chosen) ?? chosen
        if spec.learns, let lesson = try select.lesson(of: selection, in: context) { emit(.learned(lesson)) }
        if spec.rehearses { return try rehearsed(select.rehearsal(of: selection), in: context) }
        if album == nil, spec.options.segments.isEmpty {
            AlbumFacts(video, selection).save(of: [spec.source] + spec.parts, in: spec.staging)
        }
        if let note = selection.note { emit(.note(note)) }
        if spec.options.explain, let standing = selection.standing, selection.note?.contains(standing) != true {
            emit(.note(standing))
        }
        let framing = ReelFraming(selection, subjects, in: context.narrowed(to: RenderStage.reelOptions))
        // Where somebody is covered, the small pictures of the analysis are nobody's to see.
        let survey = finder == nil ? findings.survey : FrameSurvey()
        var stillsStage = StillsStage(signals: signals, survey: survey, selection: selection, subjects: subjects)
        let stills = BesideTask(stillsStage, in: context)
        let titles = ReelTitles(
            product,
            words,
            findings.survey,
            subjects,
            selection,
            spec.options,
            days: album?.days(of: selection) ?? [:],
            voice: voice
        )
        let mayWorkBeside = finder == nil && mayWorkBesideRendering(video.source)
        let render = RenderStage(
            selection: selection,
            framing: framing,
            titles: titles,
            finder: finder,
            checkpoints: checkpoints
        ) { if mayWorkBeside { stills.start() } }
        let rendered = try steps.run(render, in: context)
        var files = rendered.files
        if let finder {
            stillsStage.reel = rendered.reel
            files += try steps.run(stillsStage, in: context)
            emit(.note(covering(finder.blur)))
        } else {
            files += try steps.run(stills, in: context)
        }
        let verified = try steps.run(VerifyStage(reel: rendered.reel, maker: rendered.maker, files: files), in: context)
        let spoken = try voice.map { try VoiceMix(spec, $0, interrupt: interrupt).lay(over: verified.reel, steps) }
        files += spoken?.files ?? []
        let outputs = try steps.run(
            ExportStage(
                analysis: analysis,
                selection: selection,
                subjects: subjects,
                judgement: judgement ?? .none,
                words: words,
                wishes: wishes,
                noticed: select.noticed,
                verified: verified,
                survey: survey,
                files: files,
                times: steps.times,
                album: album
            ),
            in: context
        )
        var result = JobResult(
            outputs: outputs,
            inputDuration: signals.frames.end.seconds,
            outputDuration: spoken?.duration ?? verified.reel.duration.seconds,
            segmentsSelected: verified.reel.shots.count(where: \.isShown)
        )
        let said = verified.reel.shots.filter(\.isShown).compactMap { words.text(in: $0.range) }
        if !said.isEmpty { result.words = String(said.joined(separator: " ").prefix(Self.mostWords)) }
        return result
    }

    /// What was left out so that nobody is recognized.
    private func covering(_ blur: SubjectBlur) -> String {
        "In what was made of '\(spec.name.display)' \(blur.rawValue) are blurred; sheets, scrub images and stills of scenes are "
            + "left out\(spec.options.judge ? ", and the judge was not asked" : "")"
    }

    /// Leaves what was chosen for whoever only wanted to know that.
    private func rehearsed(_ rehearsal: Rehearsal, in context: StageContext) throws -> JobResult {
        _ = try context.staging.write("rehearsal", Rehearsal.name, MomentsJSON.line(rehearsal))
        return JobResult(
            outputs: [],
            inputDuration: context.source.duration.seconds,
            outputDuration: 0,
            segmentsSelected: rehearsal.shots.count
        )
    }

    /// A job without footage.
    private func tell(_ story: Story) throws -> JobResult {
        let desk = ErrandDesk(spec.staging, interrupt: interrupt, emit: emit, reply: errandReply)
        return try StoryWork(
            spec: spec,
            story: story,
            interrupt: interrupt,
            emit: emit,
            steps: steps,
            desk: desk
        ).run()
    }

    /// What is looked at instead of the video; why it is not is told.
    private func proxy(of video: ProbedVideo, _ models: SubjectModels, asksJudge: Bool) throws -> MediaSource? {
        let longSide = max(
            FrameSurvey.longSide,
            models.models.isEmpty ? 0 : SubjectPictures.longSide,
            asksJudge ? JudgeStage.longSide(of: video.source) : 0
        )
        let found = try ProbeStage.proxy(of: video.source, spec, longSide: longSide, interrupt: interrupt)
        if let doubt = found.doubt { emit(.note("'\(spec.name.display)': \(doubt)")) }
        return found.proxy
    }

    /// The words of the video, or where it has none those that a command writes down.
    private func transcribed(
        _ words: JobWords,
        _ source: MediaSource,
        _ signals: Signals,
        in context: StageContext
    ) throws -> JobWords {
        guard spec.options.transcribe else { return words }
        var words = words
        if let info = words.info {
            emit(.stageSkipped(.transcript, reason: "there are subtitles: \(info.origin)"))
        } else if source.audio == nil || signals.audio == nil {
            emit(.stageSkipped(.transcript, reason: "it has no sound"))
        } else if let known = spec.transcription {
            words.take(transcriptAt: known, signals)
            emit(.stageSkipped(.transcript, reason: "it was written down before"))
        } else {
            switch try steps.run(TranscriptStage(reply: transcript), in: context) {
            case .said(let content): words.take(transcript: content, signals)
            case .failed(let reason):
                emit(.note("The reel was chosen without a transcript: [Transcript] Command= was asked, and \(reason)."))
            }
        }
        return words
    }

    /// Looks for subjects where there are models; what is wrong with a model never ends a job.
    private func subjects(
        _ models: SubjectModels,
        _ findings: AnalyzeStage.Findings,
        bindsStarts: Bool,
        in context: StageContext
    ) throws -> SubjectFindings? {
        if let missing = models.missing { emit(.note(missing)) }
        guard let pictures = findings.pictures else {
            emit(.stageSkipped(.subjects, reason: models.reason(spec.options.subjects.detect)))
            return nil
        }
        let stage = SubjectsStage(
            models: models.models,
            pictures: pictures,
            signals: findings.result.signals,
            bindsStarts: bindsStarts
        )
        do { return try steps.run(stage, in: context) } catch let trouble as ModelTrouble {
            emit(.stageSkipped(.subjects, reason: "\(trouble)"))
            emit(.note("Nobody was looked for in '\(spec.name.display)'. \(trouble)"))
            return nil
        }
    }

    private func stageContext(of video: ProbedVideo) -> StageContext {
        StageContext(
            spec: spec,
            video: video,
            staging: StagingFolder(spec.staging),
            interrupt: interrupt,
            report: emit
        )
    }

    /// Whether another stage is worked on beside the reel: copying frames leaves a processor free, encoding them none.
    private func mayWorkBesideRendering(_ source: MediaSource) -> Bool {
        [.original, .auto].contains(spec.options.quality) && source.budget.allowsSideBySide
    }

    /// What the headers promised is replaced by what was really there.
    private func tellWhatWasDecoded(_ video: ProbedVideo, _ analysis: SamplingResult, _ proxy: MediaSource?) {
        let frames = analysis.signals.frames
        var media = video.media
        let seconds = frames.end.seconds
        if frames.count != media.totalFrames || abs(seconds - media.duration) > 0.001 {
            media = MediaInfo(
                duration: (seconds * 1_000_000).rounded() / 1_000_000,
                width: media.width,
                height: media.height,
                rotation: media.rotation,
                frameRate: media.frameRate,
                totalFrames: frames.count,
                videoCodec: media.videoCodec,
                audioCodec: media.audioCodec,
                container: media.container,
                bitRate: seconds > 0 ? Int64(Double(video.source.size) * 8 / seconds) : 0,
                capturedAt: media.capturedAt
            )
            emit(.media(media))
        }
        if let name = proxy?.path.name.display {
            let fate =
                analysis.proxy == nil
                ? "could not be looked at to its end, so that the video itself was"
                : "was looked at, which shows the same"
            emit(.note("'\(spec.name.display)': its proxy '\(name)' \(fate)"))
        }
        if analysis.damagedPackets > 0 {
            emit(.note("\(analysis.damagedPackets) damaged packets of '\(spec.name.display)' were passed over"))
        }
    }
}
