internal import MomentsAnalysis
public import MomentsCore
public import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection
public import MomentsSystem

/// Takes a job through its stages, in order, and tells of each.
public struct JobRunner {
    private let spec: JobSpec
    private let interrupt: Interrupt
    private let emit: (JobEvent) -> Void

    /// Makes a runner; nothing happens before `run`.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interrupt: Stops it at the next check.
    ///   - emit: Receives every event, in order, on the calling thread.
    public init(_ spec: JobSpec, interrupt: Interrupt, emit: @escaping (JobEvent) -> Void) {
        self.spec = spec
        self.interrupt = interrupt
        self.emit = emit
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
        var stage = Stage.probe
        do {
            let result = try work(&stage)
            emit(.completed(result))
            return true
        } catch {
            emit(.failed(stage, error))
            return false
        }
    }

    private func refusal(_ sandbox: SandboxLevel) -> JobError {
        let message =
            "'\(spec.name.display)' was not opened, since [Workers] Sandbox=required asks for more than there is. "
            + sandbox.gaps.joined(separator: " ")
        return JobError(.interrupted, message)
    }

    private func work(_ stage: inout Stage) throws(JobError) -> JobResult {
        var staging = StagingFolder(spec.staging)
        let probe = try step(.probe, &stage) { progress throws(JobError) in
            try ProbeStage.run(spec, interrupt: interrupt, progress: progress)
        }
        emit(.media(probe.media))
        let checkpoints = Checkpoints(spec)
        let (analysis, saving) = try step(.analyze, &stage) { progress throws(JobError) in
            try analyze(probe, checkpoints, progress)
        }
        defer { saving?.join() }
        tellWhatWasDecoded(probe, analysis)
        let selection = try step(.select, &stage) { _ throws(JobError) in
            let (source, options) = (probe.source, spec.options)
            let bindsStarts = source.bindsStarts(options)
            return try SelectStage.run(analysis.signals, options: options, bindsStarts: bindsStarts, name: spec.name)
        }
        if let note = selection.note { emit(.note(note)) }
        var stills: Meanwhile<StagingFolder, JobError>?
        var reel = try step(.render, &stage) { _ throws(JobError) in
            let path = staging.file(RenderStage.fileName)
            let reel = try render(probe, selection, to: path, checkpoints) { event in
                // Once there is something of the reel: until then its audio keeps two processors busy.
                stills = stills ?? stillsMeanwhile(probe.source, analysis.signals, selection)
                emit(event)
            }
            staging.add("highlight", RenderStage.fileName)
            if spec.options.separateShots {
                try SeparateShots.write(spec, probe, reel, into: &staging, interrupt: interrupt) { [emit] share in
                    emit(.progress(.render, share: share))
                }
            }
            return reel
        }
        try step(.stills, &stage) { progress throws(JobError) in
            if let stills { return staging.add(try stills.value()) }
            let (source, signals) = (probe.source, analysis.signals)
            let made = try StillsStage.run(spec, source, signals, selection, interrupt: interrupt, progress: progress)
            staging.add(made)
        }
        try step(.export, &stage) { _ throws(JobError) in
            try ExportStage.run(spec, probe, analysis.signals, selection, into: &staging)
        }
        let outputs = try step(.verify, &stage) { progress throws(JobError) in
            let proved = try VerifyStage.run(
                spec,
                reel,
                of: probe.source,
                staging,
                interrupt: interrupt,
                progress: progress
            ) {
                (reason) throws(JobError) in
                try RenderStage.run(
                    spec,
                    probe,
                    selection,
                    to: staging.file(RenderStage.fileName),
                    withoutCopying: reason,
                    interrupt: interrupt,
                    report: { [emit] event in
                        if case .progress(_, let share) = event { emit(.progress(.verify, share: share)) }
                    }
                )
            }
            reel = proved.reel
            let verification = proved.verification
            try ExportStage.writeHighlight(spec, analysis, selection, reel, verification, into: &staging)
            do throws(SystemError) { return try staging.described() } catch { throw JobError(error, name: spec.name) }
        }
        return JobResult(
            outputs: outputs,
            inputDuration: analysis.signals.frames.end.seconds,
            outputDuration: reel.duration.seconds,
            segmentsSelected: reel.shots.count(where: \.isShown)
        )
    }

    /// Starts on the stills, since encoding a reel's audio leaves a processor free; nil where its frames are encoded
    /// too, or memory forbids it.
    private func stillsMeanwhile(
        _ source: MediaSource,
        _ signals: Signals,
        _ selection: Selection
    ) -> Meanwhile<StagingFolder, JobError>? {
        let isCopied = [.original, .auto].contains(spec.options.quality)
        guard isCopied, source.budget.allowsSideBySide else { return nil }
        return Meanwhile { [spec, interrupt] () throws(JobError) in
            try StillsStage.run(spec, source, signals, selection, interrupt: interrupt) { _ in }
        }
    }

    /// Analyses, or takes what an earlier attempt found; the findings are kept while the work goes on.
    private func analyze(
        _ probe: ProbeStage.Outcome,
        _ checkpoints: Checkpoints?,
        _ progress: (Double) -> Void
    ) throws(JobError) -> (analysis: SamplingResult, saving: WorkerThread?) {
        // All that is decoded shows the same, whatever is to be chosen from it.
        let inputs = [
            AnalyzeInputs(spec.options, bindsStarts: probe.source.bindsStarts(spec.options)),
            AnalyzeInputs(wholly: spec.options.analysis),
        ]
        for inputs in inputs {
            if let known = checkpoints?.load(SamplingResult.self, of: .analyze, from: inputs) {
                return (known, nil)
            }
        }
        let analysis = try AnalyzeStage.run(
            probe.source,
            options: spec.options,
            name: spec.name,
            interrupt: interrupt,
            progress: progress
        )
        return (analysis, checkpoints?.saveMeanwhile(analysis, of: .analyze, from: inputs[analysis.isOfAll ? 1 : 0]))
    }

    /// What the findings depend on, besides the video: a choice is prepared only where not all is decoded.
    private struct AnalyzeInputs: Encodable, Sendable {
        let analysis: AnalysisMode
        var targetDuration: Double?
        var ranges: [[RequestedRange]] = []
        var bindsStarts = false

        init(wholly analysis: AnalysisMode) { self.analysis = analysis }

        init(_ options: JobOptions, bindsStarts: Bool) {
            analysis = options.analysis
            self.bindsStarts = bindsStarts
            targetDuration = options.targetDuration
            ranges = [options.segments, options.pin, options.ban]
        }
    }

    private func render(
        _ probe: ProbeStage.Outcome,
        _ selection: Selection,
        to path: FilePath,
        _ checkpoints: Checkpoints?,
        report: @escaping (JobEvent) -> Void
    ) throws(JobError) -> Reel {
        var inputs = RenderInputs(options: spec.options, name: spec.name, selection: selection)
        // None of them changes the reel.
        (inputs.options.limits, inputs.options.separateShots, inputs.options.explain) = (Limits(), false, false)
        let known = checkpoints?.load(RenderedReel.self, of: .render, from: inputs)
        if let known, known.isIntact(at: path) { return known.reel }
        let reel = try RenderStage.run(spec, probe, selection, to: path, interrupt: interrupt, report: report)
        if let rendered = RenderedReel(reel) { checkpoints?.save(rendered, of: .render, from: inputs) }
        return reel
    }

    private struct RenderInputs: Encodable {
        var options: JobOptions
        let name: FilePath
        let selection: Selection
    }

    /// Runs one stage between its two events, and lets a stop be heard before it.
    private func step<Value>(
        _ next: Stage,
        _ current: inout Stage,
        _ body: ((Double) -> Void) throws(JobError) -> Value
    ) throws(JobError) -> Value {
        current = next
        if interrupt.isRequested {
            throw JobError(.interrupted, "The work on '\(spec.name.display)' was stopped; it starts again by itself.")
        }
        // What the last stage freed goes back to the system, so that the peaks of two stages do not add up.
        MediaMemory.giveBack()
        emit(.stageStarted(next))
        let throttle = Throttle()
        let value = try body { share in throttle.pass(share) { emit(.progress(next, share: share)) } }
        emit(.stageCompleted(next))
        return value
    }

    /// What the headers promised is replaced by what was really there.
    private func tellWhatWasDecoded(_ probe: ProbeStage.Outcome, _ analysis: SamplingResult) {
        let frames = analysis.signals.frames
        var media = probe.media
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
                bitRate: seconds > 0 ? Int64(Double(probe.source.size) * 8 / seconds) : 0,
                capturedAt: media.capturedAt
            )
            emit(.media(media))
        }
        if analysis.damagedPackets > 0 {
            emit(.note("\(analysis.damagedPackets) damaged packets of '\(spec.name.display)' were passed over"))
        }
    }
}
