internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsSystem

/// The fourth stage: the chosen moments become `highlight.mp4`.
enum RenderStage {
    static let fileName = "highlight.mp4"

    /// Renders the reel.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - probe: What the video is.
    ///   - selection: At least one shot.
    ///   - path: The reel's file.
    ///   - refusal: Why no frame of the source may be taken over as it is; nil where they may.
    ///   - interrupt: Stops the stage.
    ///   - report: Told of progress and finished shots.
    /// - Returns: The reel.
    /// - Throws: `JobError` with the segment or the call that failed.
    static func run(
        _ spec: JobSpec,
        _ probe: ProbeStage.Outcome,
        _ selection: Selection,
        to path: FilePath,
        withoutCopying refusal: String? = nil,
        interrupt: Interrupt,
        report: @escaping (JobEvent) -> Void
    ) throws(JobError) -> Reel {
        var plan = ReelPlan(
            shots: selection.shots.map(\.range),
            quality: spec.options.quality,
            loudness: spec.options.loudness,
            // What somebody asked for is shown to the frame.
            mayTrim: spec.options.segments.isEmpty && spec.options.pin.isEmpty,
            transition: spec.options.transition,
            hdr: spec.options.hdr,
            opening: spec.options.titleCard ? titleCard(spec, probe) : nil,
            closing: spec.options.endCard.map { ReelCard(title: $0, duration: cardDuration) },
            tags: tags(spec, probe, from: selection.shots.first?.range.start ?? .zero)
        )
        plan.isCareful = refusal != nil
        let throttle = Throttle()
        do {
            return try Renderer(plan, of: probe.source, interrupt: interrupt).render(
                to: path,
                withoutCopying: refusal,
                progress: { share in throttle.pass(share) { report(.progress(.render, share: share)) } },
                shotDone: { report(.shotCompleted(index: $0, count: plan.shots.count)) }
            )
        } catch { throw failure(error, spec) }
    }

    /// A card with the reel's title, and the day of the recording where it is known.
    private static func titleCard(_ spec: JobSpec, _ probe: ProbeStage.Outcome) -> ReelCard {
        let title = spec.options.title ?? spec.name.stem.text
        let day = probe.tags.time.map { String($0.description.prefix(10)) } ?? ""
        return ReelCard(title: Escaping.excerpt(title, limit: 200), detail: day, duration: cardDuration)
    }

    /// Long enough to read a line, short enough for nobody to look away.
    private static let cardDuration = MediaTime(ticks: 5, timescale: 2)

    /// The tags of a file that starts at a moment of the source.
    static func tags(_ spec: JobSpec, _ probe: ProbeStage.Outcome, from start: MediaTime) -> [String: String] {
        var tags = ["title": Escaping.line(spec.options.title ?? spec.name.stem.text)]
        // A reel was recorded when its first shot was.
        if let time = probe.tags.time { tags["creation_time"] = time.adding(seconds: start.seconds).description }
        tags["location"] = probe.tags.location
        tags["com.apple.quicktime.location.ISO6709"] = probe.tags.location
        tags["com.apple.quicktime.make"] = probe.tags.make
        tags["com.apple.quicktime.model"] = probe.tags.model
        return tags
    }

    /// What keeps a reel from being made, for the job.
    static func failure(_ error: any Error, _ spec: JobSpec) -> JobError {
        switch error {
        case MediaError.nothingDecodes(let range?):
            JobError(
                .decodeFailed,
                "Not one picture of '\(spec.name.display)' between \(ClockText.milliseconds(range.start.seconds)) and "
                    + "\(ClockText.milliseconds(range.end.seconds)) can be decoded; copy the file again from its source."
            )
        case let error as MediaError: JobError(error, name: spec.name, fallback: .renderFailed)
        case let error as SystemError: JobError(error, name: spec.name)
        case let error as JobError: error
        default: JobError(.renderFailed, "No reel of '\(spec.name.display)' could be made.", detail: "\(error)")
        }
    }
}
