internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsStoryboard
internal import MomentsSystem

/// The job of a reel: what its video is, what of it is shown, and the making of that.
struct ReelWork {
    private let spec: JobSpec
    private let album: Album?
    private let interrupt: Interrupt
    private let host: JobHost
    private let steps: StageRunner

    /// Makes the work; nothing happens before `run`.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - album: What the video is made of; nil for one that is a video.
    ///   - interrupt: Stops it at the next check.
    ///   - host: Those who started the job.
    ///   - steps: Runs the stages.
    init(_ spec: JobSpec, _ album: Album?, _ interrupt: Interrupt, _ host: JobHost, _ steps: StageRunner) {
        (self.spec, self.album) = (spec, album)
        (self.interrupt, self.host, self.steps) = (interrupt, host, steps)
    }

    /// The stages in their order, each made with what it needs of those before it.
    ///
    /// - Returns: What was made.
    /// - Throws: Whatever ends the job.
    func run() throws -> JobResult {
        let (begun, product) = try begin()
        var context = begun
        let checkpoints = Checkpoints(spec)
        // Before anything else: what may show nobody is not begun where nobody could be found.
        let finder = try CoverFinder(spec, interrupt: interrupt)
        let examination = VideoExamination(context, host, steps, mayBeShown: finder == nil)
        let findings = try examination.analyze(checkpoints)
        defer { for work in findings.saving { work.join() } }
        let known = try examination.examine(findings)
        let voice = try VoiceOverWork(spec, interrupt: interrupt, emit: host.emit, reply: host.errand).speak(steps)
        if let voice { context = context.with(targetDuration: max(spec.options.targetDuration, voice.length)) }
        let select = SelectStage(known, JobWishes(spec.options, known))
        let choice = ReelChoice(
            selection: try choose(select, in: context),
            wishes: select.wishes,
            noticed: select.noticed
        )
        if spec.rehearses { return try rehearsed(select.rehearsal(of: choice.selection), in: context) }
        tell(of: choice.selection, context.video)
        let production = ReelProduction(
            context: context,
            known: known,
            choice: choice,
            album: album,
            product: product,
            voice: voice,
            finder: finder,
            checkpoints: checkpoints,
            host: host,
            steps: steps
        )
        return try production.run()
    }

    /// Finds out what the video is, and reads what is to be shown of a product.
    private func begin() throws -> (context: StageContext, product: JobProduct?) {
        let video = try steps.run(.probe, failure: ProbeStage.failure) { progress in
            try ProbeStage.run(spec, interrupt: interrupt, progress: progress)
        }
        host.emit(.media(video.media))
        let product = try JobProduct(spec)
        for note in video.source.notes { host.note("'\(spec.name.display)': \(note)") }
        let context = StageContext(
            spec: spec,
            video: video,
            staging: StagingFolder(spec.staging),
            interrupt: interrupt,
            report: host.emit
        )
        return (context, product)
    }

    /// Chooses; and tells what is to be learnt of it.
    private func choose(_ select: SelectStage, in context: StageContext) throws -> Selection {
        if spec.taste.edits > 0 { host.emit(.taste(spec.taste.info)) }
        let chosen = try steps.run(select, in: context)
        let selection = album?.told(chosen) ?? chosen
        if spec.learns, let lesson = try select.lesson(of: selection, in: context) { host.emit(.learned(lesson)) }
        return selection
    }

    /// Keeps what was chosen for the albums the video is in, and tells what is to be told of it.
    private func tell(of selection: Selection, _ video: ProbedVideo) {
        if album == nil, spec.options.segments.isEmpty {
            AlbumFacts(video, selection).save(of: [spec.source] + spec.parts, in: spec.staging)
        }
        host.note(selection.note)
        if spec.options.explain, let standing = selection.standing, selection.note?.contains(standing) != true {
            host.note(standing)
        }
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
}
