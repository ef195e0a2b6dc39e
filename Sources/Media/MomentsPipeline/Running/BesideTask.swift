internal import MomentsCore
internal import MomentsSystem

/// A stage that is worked on while another one is, and whose turn comes later.
final class BesideTask<Work: JobStage & Sendable> where Work.Value: Sendable {
    private let stage: Work
    private let context: StageContext
    private var running: BackgroundTask<Work.Value, any Error>?

    /// Makes a task; nothing happens before `start`.
    init(_ stage: Work, in context: StageContext) {
        (self.stage, self.context) = (stage, context.narrowed(to: Work.options))
    }

    /// Starts the work on a thread of its own, once only; it reports nothing.
    func start() {
        guard running == nil else { return }
        running = BackgroundTask { [stage, spec = context.spec, video = context.video, interrupt = context.interrupt] in
            let context = StageContext(
                spec: spec,
                video: video,
                staging: StagingFolder(spec.staging),
                interrupt: interrupt,
                report: { _ in }
            )
            return try stage.run(in: context) { _ in }
        }
    }
}

extension BesideTask: JobStage {
    static var stage: Stage { Work.stage }
    static var failure: StageFailure { Work.failure }
    static var options: [StageOption] { Work.options }

    /// Waits for what was started, or does the work now.
    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Work.Value {
        try running?.value() ?? stage.run(in: context, progress: progress)
    }
}
