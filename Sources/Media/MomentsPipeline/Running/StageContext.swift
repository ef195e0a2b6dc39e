internal import MomentsCore
internal import MomentsMedia

/// What all stages work with once the video is known.
struct StageContext {
    /// The job; of its options only those have a value that the stage declares.
    let spec: JobSpec
    /// The video.
    let video: ProbedVideo
    /// Where outputs are made.
    let staging: StagingFolder
    /// Stops the work at the next check.
    let interrupt: Interrupt
    /// Receives events beside the stage's own progress, on the calling thread.
    let report: (JobEvent) -> Void

    /// The video's streams and packets.
    var source: MediaSource { video.source }

    /// The same for a reel of another length, in seconds.
    func with(targetDuration: Double) -> StageContext {
        var options = spec.options
        options.targetDuration = targetDuration
        return StageContext(
            spec: spec.with(options),
            video: video,
            staging: staging,
            interrupt: interrupt,
            report: report
        )
    }

    /// The same for a stage that depends on these options.
    func narrowed(to options: [StageOption]) -> StageContext {
        StageContext(
            spec: spec.with(StageOption.narrowed(spec.options, to: options)),
            video: video,
            staging: staging,
            interrupt: interrupt,
            report: report
        )
    }
}

extension JobSpec {
    /// The same job with other options.
    fileprivate func with(_ options: JobOptions) -> JobSpec {
        var spec = self
        spec.options = options
        return spec
    }
}
