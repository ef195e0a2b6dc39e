internal import MomentsCore
internal import MomentsMedia
internal import MomentsStoryboard

/// Has what is to be said over a reel spoken, before the reel is chosen: it is as long as the voice needs.
struct VoiceOverWork {
    /// The longest reel a voice is laid over, in seconds: its sound is held in memory.
    static let longestReel = 900.0

    private let spec: JobSpec
    private let interrupt: Interrupt
    private let emit: (JobEvent) -> Void
    private let reply: () -> ErrandReply?

    init(
        _ spec: JobSpec,
        interrupt: Interrupt,
        emit: @escaping (JobEvent) -> Void,
        reply: @escaping () -> ErrandReply?
    ) {
        (self.spec, self.interrupt, self.emit, self.reply) = (spec, interrupt, emit, reply)
    }

    /// Speaks.
    ///
    /// - Parameter steps: Runs the two stages.
    /// - Returns: The voice; nil where none is wanted.
    /// - Throws: `JobError` where it cannot be had.
    func speak(_ steps: StageRunner) throws -> VoiceTrack? {
        guard let wanted = spec.options.voiceOver else { return nil }
        let text = try steps.run(.script, failure: StoryWork.failure("written")) { _ in
            guard spec.options.targetDuration <= Self.longestReel else {
                throw JobError(
                    .invalidRequest,
                    "'\(spec.name.display)' is to be longer than \(Int(Self.longestReel)) s and to have a voice; take "
                        + "\"voice_over\" out, or ask for a shorter \"target_duration\".",
                    detail: "key=voice_over"
                )
            }
            return script(wanted)
        }
        let desk = ErrandDesk(spec.staging, interrupt: interrupt, emit: emit, reply: reply)
        defer { desk.clear() }
        return try steps.run(.voice, failure: StoryWork.failure("spoken")) { progress in
            try VoiceWork(
                desk: desk,
                language: spec.options.language,
                name: spec.name,
                interrupt: interrupt,
                emit: emit
            ).speak(text, progress: progress)
        }
    }

    private func script(_ wanted: VoiceOver) -> String {
        switch wanted {
        case .text(let text): return text
        case .script:
            var story = Story()
            story.language = spec.options.language
            let product = spec.options.product
            story.product = Story.Product(
                name: product?.name ?? spec.options.title ?? spec.name.stem.text,
                callToAction: product?.callToAction
            )
            return StoryPlanner(story, in: spec.style).plan().shots.map(\.text).joined(separator: "\n")
        }
    }
}
