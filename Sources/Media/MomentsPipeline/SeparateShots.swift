internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem

/// Each shot of a reel as a file of its own, made and proved the same way.
enum SeparateShots {
    private static let folder: FilePath = "shots"

    /// Writes `shots/shot_001.mp4` and so on.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - probe: What the video is.
    ///   - reel: The reel; a shot of it that is empty gets no file.
    ///   - staging: Where the files go.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done.
    /// - Throws: `JobError`.
    static func write(
        _ spec: JobSpec,
        _ probe: ProbeStage.Outcome,
        _ reel: Reel,
        into staging: inout StagingFolder,
        interrupt: Interrupt,
        progress: @escaping (Double) -> Void
    ) throws(JobError) {
        let shots = reel.shots.filter(\.isShown).map(\.range)
        do throws(SystemError) { try Folder.make(staging.path.appending(folder)) } catch {
            throw JobError(error, name: spec.name)
        }
        for (number, shot) in shots.enumerated() {
            let name = "\(folder.text)/\(HighlightShot.name(number + 1)).mp4"
            var plan = ReelPlan(
                shots: [shot],
                quality: spec.options.quality,
                loudness: spec.options.loudness,
                hdr: spec.options.hdr,
                tags: RenderStage.tags(spec, probe, from: shot.start)
            )
            func render(withoutCopying reason: String?) throws(JobError) -> Reel {
                plan.isCareful = reason != nil
                do {
                    return try Renderer(plan, of: probe.source, interrupt: interrupt).render(
                        to: staging.path.appending(FilePath(name)),
                        withoutCopying: reason,
                        progress: { progress((Double(number) + $0) / Double(shots.count)) },
                        shotDone: { _ in }
                    )
                } catch { throw RenderStage.failure(error, spec) }
            }
            _ = try VerifyStage.prove(
                spec,
                try render(withoutCopying: nil),
                of: probe.source,
                interrupt: interrupt,
                progress: { _ in },
                encode: { (reason) throws(JobError) in try render(withoutCopying: reason) }
            )
            staging.add("shot", name)
        }
    }
}
