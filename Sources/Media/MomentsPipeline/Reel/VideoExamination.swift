internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsStills
internal import MomentsSystem

/// The stages that find out what is in a job's video, before anything of it is chosen.
struct VideoExamination {
    private let context: StageContext
    private let host: JobHost
    private let steps: StageRunner
    private let models: SubjectModels
    private let bindsStarts: Bool
    /// Stills for the judge; nil where none is asked.
    private let stills: SurveyObserver?

    private var spec: JobSpec { context.spec }
    private var source: MediaSource { context.source }

    /// Prepares.
    ///
    /// - Parameters:
    ///   - context: The video, and what all stages work with.
    ///   - host: Those who started the job.
    ///   - steps: Runs the stages.
    ///   - mayBeShown: Whether anybody may see its frames as they are, as a judge does.
    init(_ context: StageContext, _ host: JobHost, _ steps: StageRunner, mayBeShown: Bool) {
        (self.context, self.host, self.steps) = (context, host, steps)
        models = SubjectModels(context.spec)
        bindsStarts = context.source.bindsStarts(context.spec.options)
        stills = context.spec.options.judge && mayBeShown ? JudgeStage.observer(of: context.source) : nil
    }

    /// Analyses the video, or a proxy that shows the same, and tells what it was found to be.
    ///
    /// - Parameter checkpoints: What an earlier attempt left; nil where nothing is kept.
    /// - Returns: What was found; its `saving` is to be joined.
    /// - Throws: `MediaError` when not one frame can be decoded, or the work was stopped.
    func analyze(_ checkpoints: Checkpoints?) throws -> AnalyzeStage.Findings {
        let proxy = try proxy()
        let stage = AnalyzeStage(
            bindsStarts: bindsStarts,
            checkpoints: checkpoints,
            keepsPictures: !models.models.isEmpty,
            proxy: proxy,
            observers: [stills].compactMap { $0 }
        )
        let findings = try steps.run(stage, in: context)
        tellWhatWasDecoded(findings.result, proxy)
        return findings
    }

    /// Finds out the rest: who is in it, what is said, and what a judge thinks.
    func examine(_ findings: AnalyzeStage.Findings) throws -> VideoKnowledge {
        let signals = findings.result.signals
        let subjects = try subjects(findings)
        let words = try words(signals)
        if let info = words.info { host.emit(.transcript(info)) }
        host.note(words.trouble)
        let judgement = try stills.map { stills in
            try steps.run(JudgeStage(signals: signals, stills: stills, reply: host.judge), in: context)
        }
        return VideoKnowledge(
            analysis: findings.result,
            survey: findings.survey,
            subjects: subjects,
            words: words,
            judgement: judgement ?? .none,
            bindsStarts: bindsStarts
        )
    }

    /// What is looked at instead of the video; why it is not is told.
    private func proxy() throws -> MediaSource? {
        let longSide = max(
            FrameSurvey.longSide,
            models.models.isEmpty ? 0 : SubjectFrames.longSide,
            stills == nil ? 0 : JudgeStage.longSide(of: source)
        )
        let found = try ProbeStage.proxy(of: source, spec, longSide: longSide, interrupt: context.interrupt)
        if let doubt = found.doubt { host.note("'\(spec.name.display)': \(doubt)") }
        return found.proxy
    }

    /// What the headers promised is replaced by what was really there.
    private func tellWhatWasDecoded(_ analysis: SamplingResult, _ proxy: MediaSource?) {
        if let media = context.video.media(asDecoded: analysis.signals.frames) { host.emit(.media(media)) }
        if let name = proxy?.path.name.display {
            let fate =
                analysis.proxy == nil
                ? "could not be looked at to its end, so that the video itself was"
                : "was looked at, which shows the same"
            host.note("'\(spec.name.display)': its proxy '\(name)' \(fate)")
        }
        if analysis.damagedPackets > 0 {
            host.note("\(analysis.damagedPackets) damaged packets of '\(spec.name.display)' were passed over")
        }
    }

    /// Looks for subjects where there are models; what is wrong with a model never ends a job.
    private func subjects(_ findings: AnalyzeStage.Findings) throws -> SubjectFindings? {
        host.note(models.missing)
        guard let pictures = findings.pictures else {
            host.emit(.stageSkipped(.subjects, reason: models.reason(spec.options.subjects.detect)))
            return nil
        }
        let stage = SubjectsStage(
            models: models.models,
            masks: models.masks,
            pictures: pictures,
            signals: findings.result.signals,
            bindsStarts: bindsStarts
        )
        do { return try steps.run(stage, in: context) } catch let trouble as ModelTrouble {
            host.emit(.stageSkipped(.subjects, reason: "\(trouble)"))
            host.note("Nobody was looked for in '\(spec.name.display)'. \(trouble)")
            return nil
        }
    }

    /// The words of the video, or where it has none those that a command writes down.
    private func words(_ signals: Signals) throws -> JobWords {
        var words = JobWords(spec, source, signals)
        guard spec.options.transcribe else { return words }
        if let info = words.info {
            host.emit(.stageSkipped(.transcript, reason: "there are subtitles: \(info.origin)"))
        } else if source.audio == nil || signals.audio == nil {
            host.emit(.stageSkipped(.transcript, reason: "it has no sound"))
        } else if let known = spec.transcription {
            words.take(transcriptAt: known, signals)
            host.emit(.stageSkipped(.transcript, reason: "it was written down before"))
        } else {
            switch try steps.run(TranscriptStage(reply: host.transcript), in: context) {
            case .said(let content): words.take(transcript: content, signals)
            case .failed(let reason):
                host.note("The reel was chosen without a transcript: [Transcript] Command= was asked, and \(reason).")
            }
        }
        return words
    }
}
